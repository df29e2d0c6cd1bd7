/** Acknowledges interactions. */
import type { Context } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import { isNew } from '../connection/dedupe.ts';
import { describeError } from '../connection/errors.ts';

interface Interaction {
  readonly context: Context;
  ack(): Promise<void>;
}

/**
 * Ignores a failed acknowledgement, for example after the connection was closed. Slack then shows an error,
 * but the answer still follows.
 * @returns false for a repeated request, which gets no answer
 */
export async function acknowledge({ ack, context }: Interaction, log: Logger): Promise<boolean> {
  try {
    await ack();
  } catch (error) {
    log.debug(describeError(error), 'slack: not acknowledged');
  }
  return isNew(context);
}
