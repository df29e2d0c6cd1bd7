/** Retries failed work, after a pause that depends on the failure. */
import type { Clock } from '../time/clock.ts';

export interface RetryRules {
  /** Number of tries after the first. */
  readonly retries: number;
  /**
   * Called after each failure, including the last.
   * @param failures so far, from 1
   * @returns milliseconds before the next try; `undefined` when another try would not help
   */
  pauseAfter(error: unknown, failures: number): number | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** @throws the last error, or the signal's reason; there are no attempts after an abort */
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
