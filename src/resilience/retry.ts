/** Tries again what failed, after a pause that the failure decides. */
import type { Clock } from '../time/clock.ts';

export interface RetryRules {
  /** Tries after the first one. */
  readonly retries: number;
  /**
   * Asked after each failure, the last one included.
   * @param failures so far, from 1
   * @returns milliseconds before the next try; `undefined` when another try would not help
   */
  pauseAfter(error: unknown, failures: number): number | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** @throws the last failure, or the signal's reason: nothing is tried once it is aborted */
export async function retry<Result>(
  work: () => Promise<Result>,
  { retries, pauseAfter, clock, signal }: RetryRules,
): Promise<Result> {
  for (let failures = 1; ; failures++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const pause = pauseAfter(error, failures);
      if (pause === undefined || failures > retries) throw error;
      if (pause > 0) await clock.sleep(pause, signal);
    }
  }
}
