/** Polling intervals and back-off. Pure: the caller passes the time and the random numbers. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const FIRST_BACK_OFF_MS = 5 * 60_000;
const LONGEST_BACK_OFF_MS = 6 * HOUR_MS;

/** Returns a number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
export type Random = () => number;

/** Varies a duration by ±10%, so that a thousand installations do not send requests in the same second. */
export function jitter(ms: number, random: Random): number {
  return ms * (0.9 + 0.2 * random());
}

/**
 * Returns the milliseconds to wait after a failure: 5 minutes, doubled with each consecutive failure, at most
 * 6 hours, and never less than the source asked for.
 * @param failures consecutive failures, including this one
 */
export function pollDelay(failures: number, retryAfterMs: number, random: Random): number {
  const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
  return Math.max(Math.min(jitter(wait, random), LONGEST_BACK_OFF_MS), retryAfterMs);
}
