/** Limits how often something is done in any stretch of time of one length. */
import type { Clock } from '../time/clock.ts';

/** @returns whether one more may be done now; saying yes counts it */
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
