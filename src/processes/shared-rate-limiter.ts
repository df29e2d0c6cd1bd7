/** A rate limit that holds over all processes on one database. */
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import type { Paces } from './processes.ts';

/** @param everyMs between the starts of two requests */
export function openSharedRateLimiter(
  { paces, clock }: { readonly paces: Paces; readonly clock: Clock },
  name: string,
  everyMs: number,
): RateLimiter {
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      // A start that is booked and given up is lost, which costs some milliseconds.
      const wait = await paces.book(name, everyMs);
      if (wait > 0) await clock.sleep(wait, signal);
    },
    pause(ms) {
      // If it fails, the platform says so again.
      void paces.pause(name, ms).catch(() => undefined);
    },
  };
}
