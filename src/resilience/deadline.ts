/** Limits the time that work may take. */
import type { Clock } from '../time/clock.ts';

export interface Deadline {
  /** Milliseconds from now. */
  readonly ms: number;
  readonly clock: Clock;
  /** Signal of the caller, who may give up sooner. */
  readonly signal?: AbortSignal | undefined;
}

/** The reason of a signal aborted by a deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(ms: number) {
    super(`Not done within ${ms / 1_000} seconds.`);
  }
}

/**
 * Runs work with a signal that is aborted when the time is up or the caller's signal is aborted, and waits
 * for the work to end. For work that can have a result even then.
 */
export async function abortAfter<Result>(
  { ms, clock, signal: caller }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController();
  const over = new AbortController();
  const giveUp = () => over.abort(caller?.reason);
  if (caller?.aborted) giveUp();
  caller?.addEventListener('abort', giveUp, { once: true });
  clock.sleep(ms, ended.signal).then(
    () => over.abort(new DeadlineError(ms)),
    () => undefined,
  );
  try {
    return await work(over.signal);
  } finally {
    caller?.removeEventListener('abort', giveUp);
    ended.abort();
  }
}

/**
 * Runs work and stops waiting for it when the time is up, whether or not it respects its signal.
 * @param onLate returns a substitute for a late result; without it, `DeadlineError` is thrown
 * @throws the reason of the caller's signal as soon as that is aborted
 */
export function withDeadline<Result, Late = never>(
  deadline: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
  onLate?: () => Late,
): Promise<Result | Late> {
  return abortAfter(deadline, async (signal) => {
    signal.throwIfAborted();
    let stop: () => void = () => {};
    const over = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
    });
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([work(signal), over]);
    } catch (error) {
      // The time was up, whatever the work returned.
      if (onLate && signal.reason instanceof DeadlineError && !deadline.signal?.aborted) return onLate();
      throw error;
    }
  });
}

/**
 * A signal for one network request. It uses real time, because it limits another machine, and it includes
 * reading the body, which happens after the call returns.
 */
export function timeoutSignal(ms: number, caller?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(ms);
  return caller ? AbortSignal.any([caller, timeout]) : timeout;
}
