/** Limits the number of calls in a sliding window of time. */
import type { Clock } from '../time/clock.ts';

/** @returns a function that counts an action and returns true, or returns false at the limit */
export function openWindowLimiter(most: number, windowMs: number, clock: Clock): () => boolean {
  let taken: number[] = [];
  return () => {
    const now = clock.elapsed();
    taken = taken.filter((at) => now - at < windowMs);
    if (taken.length >= most) return false;
    taken.push(now);
    return true;
  };
}
