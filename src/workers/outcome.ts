/** Passes results of calls between threads. Structured clone keeps neither an error's class nor its code. */
import { codeOf, messageOf, UserError } from '../base/errors.ts';

export type CallOutcome =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly kind: 'user' | 'other';
      readonly message: string;
      readonly code?: string;
      readonly stack?: string;
    };

export async function toOutcome(work: () => unknown): Promise<CallOutcome> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const code = codeOf(error);
    return {
      ok: false,
      kind: error instanceof UserError ? 'user' : 'other',
      message: messageOf(error),
      ...(code !== undefined && { code }),
      ...(error instanceof Error && error.stack !== undefined && { stack: error.stack }),
    };
  }
}

/**
 * @throws UserError unchanged; any other error as an `Error` with the message, code and stack of the other
 *   thread
 */
export function fromOutcome(outcome: CallOutcome): unknown {
  if (outcome.ok) return outcome.value;
  if (outcome.kind === 'user') throw new UserError(outcome.message);
  const error = Object.assign(
    new Error(outcome.message),
    outcome.code !== undefined && { code: outcome.code },
  );
  if (outcome.stack !== undefined) error.stack = outcome.stack;
  throw error;
}
