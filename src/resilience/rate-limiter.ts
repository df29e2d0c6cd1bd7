/** Limits the rate of requests. */
import type { Clock } from '../time/clock.ts';
import { openPause } from './pause.ts';

export interface RateRules {
  /** Average milliseconds between the starts of two requests. */
  readonly everyMs: number;
  /**
   * Requests that may start at once after an idle time. 1 when absent, which spaces them evenly, so that a
   * platform that counts per second never sees a burst.
   */
  readonly burst?: number;
}

export interface RateLimiter {
  /** Resolves when the next request may start. Rejects with the signal's reason if that is aborted first. */
  acquire(signal?: AbortSignal): Promise<void>;
  /** Starts nothing for the given milliseconds. */
  pause(ms: number): void;
}

/** The generic cell rate algorithm: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm */
export function openRateLimiter(rules: RateRules, clock: Clock): RateLimiter {
  const booking = openBooking(rules, clock);
  const pause = openPause(clock);
  return {
    async acquire(signal) {
      do {
        signal?.throwIfAborted();
        const wait = booking.book(pause.left());
        if (wait > 0) await sleepOrCancel(booking, wait, clock, signal);
        // A pause began meanwhile. Book again, so that waiting requests do not all start at its end.
      } while (pause.left() > 0);
    },
    pause: pause.start,
  };
}

/** Opens a pace that holds over several processes. @param everyMs between the starts of two requests */
export type OpenSharedPace = (name: string, everyMs: number) => RateLimiter;

/** One rate limiter per key, such as a channel. */
export interface KeyedRateLimiter {
  acquire(key: string, signal?: AbortSignal): Promise<void>;
}

/** Above this number of keys, those with a full burst are forgotten. */
const MOST_KEYS = 1_000;

export function openKeyedRateLimiter(rules: RateRules, clock: Clock): KeyedRateLimiter {
  const bookings = new Map<string, Booking>();

  function forgetIdle(): void {
    for (const [key, booking] of bookings) if (booking.isIdle()) bookings.delete(key);
  }

  return {
    async acquire(key, signal) {
      signal?.throwIfAborted();
      const booking = bookings.get(key) ?? openBooking(rules, clock);
      bookings.set(key, booking);
      const wait = booking.book(0);
      if (bookings.size > MOST_KEYS) forgetIdle();
      if (wait > 0) await sleepOrCancel(booking, wait, clock, signal);
    },
  };
}

/** A request that is given up while it waits leaves its time to the next one. */
async function sleepOrCancel(booking: Booking, ms: number, clock: Clock, signal: AbortSignal | undefined) {
  const cancel = booking.cancellable();
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    cancel();
    throw error;
  }
}

interface Booking {
  /** @returns milliseconds to wait before the booked request, at least `earliest` */
  book(earliest: number): number;
  /** Returns a function that undoes the last booking, if none was made since. */
  cancellable(): () => void;
  isIdle(): boolean;
}

function openBooking({ everyMs, burst = 1 }: RateRules, clock: Clock): Booking {
  /** Time by `clock.elapsed()` at which the whole burst is available again. */
  let wholeAt = 0;
  let before = 0;
  return {
    cancellable() {
      const [booked, undone] = [wholeAt, before];
      return () => {
        if (wholeAt === booked) wholeAt = undone;
      };
    },
    book(earliest) {
      const now = clock.elapsed();
      before = wholeAt;
      const start = Math.max(now + earliest, wholeAt - (burst - 1) * everyMs);
      wholeAt = Math.max(wholeAt, start) + everyMs;
      return start - now;
    },
    isIdle: () => wholeAt <= clock.elapsed(),
  };
}
