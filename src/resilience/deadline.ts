/** Bounds how long work may take. */
import type { Clock } from '../time/clock.ts';

export interface Deadline {
  /** Milliseconds from now. */
  readonly ms: number;
  readonly clock: Clock;
  /** Whoever wanted the work may give up sooner. */
  readonly signal?: AbortSignal | undefined;
}

/** The reason of a signal that a deadline aborted. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(ms: number) {
    super(`It was not done within ${ms / 1_000} seconds.`);
  }
}

/**
 * Runs work whose signal is aborted when the time is up, or when the caller's own signal is, and waits for it
 * to end by itself. For work that has something to give even then.
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
 * Runs work that nobody waits for any longer once the time is up, whether or not it listens to its signal.
 * @param onLate gives what stands in for a result that comes too late; when absent, `DeadlineError` is thrown
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
      // Whatever the work made of it: the time was up.
      if (onLate && signal.reason instanceof DeadlineError && !deadline.signal?.aborted) return onLate();
      throw error;
    }
  });
}

/**
 * A signal for one request over the network. It counts real time, because what it bounds is another machine,
 * and it bounds the body as well, which is read after the call has returned.
 */
export function timeoutSignal(ms: number, caller?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(ms);
  return caller ? AbortSignal.any([caller, timeout]) : timeout;
}
