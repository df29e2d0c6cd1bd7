/** Limits of requests that hold over all processes, with the API of those that hold in one. */
import type { RateLimiter } from '../resilience/rate-limiter.ts';
import type { RequestWindow, WindowRules } from '../resilience/request-window.ts';
import type { Clock } from '../time/clock.ts';
import type { Paces, WindowPlace, Windows } from './processes.ts';

/** Before a process asks again for a place, when all were in use. */
const ASK_AGAIN_MS = 15;

/** @param everyMs between the starts of two requests */
export function openSharedRateLimiter(
  { paces, clock }: { readonly paces: Paces; readonly clock: Clock },
  name: string,
  everyMs: number,
): RateLimiter {
  return {
    async acquire(signal) {
      for (;;) {
        signal?.throwIfAborted();
        // A start that is booked and given up is lost, which costs some milliseconds.
        const wait = await paces.book(name, everyMs);
        if (wait > 0) await clock.sleep(wait, signal);
        // A pause that began meanwhile has freed the starts that were booked beyond it.
        const left = await paces.pauseLeft(name);
        if (left === 0) return;
        await clock.sleep(left, signal);
      }
    },
    pause(ms) {
      // If it fails, the platform says so again.
      void paces.pause(name, ms).catch(() => undefined);
    },
  };
}

export function openSharedWindow(
  { windows, clock }: { readonly windows: Windows; readonly clock: Clock },
  name: string,
  { places, windowMs }: WindowRules,
): RequestWindow {
  let created: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function take(signal: AbortSignal | undefined): Promise<WindowPlace> {
    for (;;) {
      signal?.throwIfAborted();
      created ??= windows.create(name, places);
      await created;
      const place = await windows.take(name, windowMs);
      if (place) return place;
      await clock.sleep(ASK_AGAIN_MS, signal);
    }
  }

  // If it fails, the place is free again after the longest time of a request.
  const leave = (place: WindowPlace) => void windows.leave(name, place, windowMs).catch(() => undefined);

  return {
    async enter(signal) {
      signal?.throwIfAborted();
      let place: WindowPlace;
      try {
        // One after the other, or all that wait would keep asking.
        const taken = last.then(() => take(signal));
        last = taken.catch(() => undefined);
        place = await taken;
      } catch {
        created = undefined;
        signal?.throwIfAborted();
        // Without the database nothing is posted, and the few other requests may start.
        return () => undefined;
      }
      try {
        if (place.waitMs > 0) await clock.sleep(place.waitMs, signal);
      } catch (error) {
        leave(place);
        throw error;
      }
      return () => leave(place);
    },
  };
}
