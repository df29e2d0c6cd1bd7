/** Limits how many requests the other side receives in any second, however long each one is on its way. */
import type { Clock } from '../time/clock.ts';

export interface WindowRules {
  /** Requests in one window. */
  readonly places: number;
  readonly windowMs: number;
}

export interface RequestWindow {
  /**
   * Resolves when a request may start, with what has to be called once it was answered or has failed. Rejects
   * with the signal's reason if that is aborted first.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
}

/**
 * A place is free again one window after the answer to its request. The other side had received the request
 * by then, so it never sees more than `places` in a window, and late timers and slow networks cannot bring
 * requests together. A rate limiter that spaces their starts cannot promise that.
 */
export function openRequestWindow({ places, windowMs }: WindowRules, clock: Clock): RequestWindow {
  /** When each free place may be used, the earliest first. */
  const free = Array.from({ length: places }, () => 0);
  let onLeft: (() => void) | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const whenLeft = () =>
    new Promise<void>((resolve) => {
      onLeft = resolve;
    });

  async function take(signal: AbortSignal | undefined): Promise<() => void> {
    while (free.length === 0) await whenLeft();
    signal?.throwIfAborted();
    const [from = 0] = free;
    if (from > clock.elapsed()) await clock.sleep(from - clock.elapsed(), signal);
    free.shift();
    return () => {
      free.push(clock.elapsed() + windowMs);
      onLeft?.();
    };
  }

  return {
    enter(signal) {
      // One after the other, in the order of asking.
      const place = last.then(() => take(signal));
      last = place.catch(() => undefined);
      return place;
    },
  };
}

/** Opens a window that holds over several processes. */
export type OpenSharedWindow = (name: string, rules: WindowRules) => RequestWindow;
