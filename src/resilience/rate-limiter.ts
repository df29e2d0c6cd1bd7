/** How fast requests leave for one platform: evenly, and not at all while it wants silence. */
import type { Clock } from '../time/clock.ts';

export interface RateLimiter {
  /** Resolves when the next request may start. Rejects when the signal is aborted first. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Nothing starts for so many milliseconds. */
  pause(ms: number): void;
}

/**
 * Even spacing, a bucket of one: a platform that counts by the second never sees a burst.
 * @param perSecond requests a second
 */
export function openRateLimiter(perSecond: number, clock: Clock): RateLimiter {
  const everyMs = 1000 / perSecond;
  let next = 0;
  let silence = { until: 0, ms: 0 };
  let latest = 0;

  const now = () => {
    const instant = clock.now().getTime();
    // Set back: what was booked by the old time would be waited for by the new one.
    if (instant < latest) {
      next = Math.min(next, instant + everyMs);
      silence = { ...silence, until: Math.min(silence.until, instant + silence.ms) };
    }
    latest = instant;
    return instant;
  };

  return {
    async acquire(signal) {
      for (;;) {
        signal.throwIfAborted();
        const instant = now();
        const start = Math.max(next, silence.until, instant);
        next = start + everyMs;
        if (start > instant) await clock.sleep(start - instant, signal);
        // Silence that began during the wait: book again, so that those who waited do not all start at its end.
        if (silence.until <= now()) return;
      }
    },

    pause(ms) {
      const until = now() + ms;
      if (until > silence.until) silence = { until, ms };
    },
  };
}
