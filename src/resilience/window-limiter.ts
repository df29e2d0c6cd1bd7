/** Limits the number of calls in a sliding window of time. */
import type { Clock } from '../time/clock.ts';

export interface WindowLimiter {
  /** Counts an action and returns true, or returns false at the limit. */
  (): boolean;
  /** Milliseconds until the next action may start; 0 below the limit. */
  leftMs(): number;
}

/** @param agesMs of actions before a restart that still count */
export function openWindowLimiter(
  most: number,
  windowMs: number,
  clock: Clock,
  agesMs: readonly number[] = [],
): WindowLimiter {
  let taken = agesMs.map((age) => clock.elapsed() - age).toSorted((a, b) => a - b);

  function forgetOld(): number {
    const now = clock.elapsed();
    taken = taken.filter((at) => now - at < windowMs);
    return now;
  }

  function take(): boolean {
    const now = forgetOld();
    if (taken.length >= most) return false;
    taken.push(now);
    return true;
  }

  function leftMs(): number {
    const now = forgetOld();
    return taken.length < most ? 0 : (taken[taken.length - most] ?? now) + windowMs - now;
  }

  return Object.assign(take, { leftMs });
}
