/** Clock, passed as a dependency so that tests can control it. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** The date and time, which an administrator can set back or forward. */
  now(): Date;
  /** Milliseconds since an arbitrary moment. Use it to measure durations, because nobody can set it. */
  elapsed(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node's timers wrap the reason in an error of their own.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** A UTC calendar day, `YYYY-MM-DD`. */
export type Day = string;

export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10);
}
