/** A clock that moves on by itself: whoever sleeps wakes at once, and the time has passed. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/time/clock.ts';

export interface SkippingClock extends Clock {
  /** Moves the clock on. */
  pass(ms: number): void;
}

export function skippingClock(start: string): SkippingClock {
  let elapsed = 0;
  const origin = Date.parse(start);
  return {
    now: () => new Date(origin + elapsed),
    elapsed: () => elapsed,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      await turn();
      signal?.throwIfAborted();
      elapsed += ms;
    },
    pass(ms) {
      elapsed += ms;
    },
  };
}
