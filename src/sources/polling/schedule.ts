/** When to ask again. Pure: the clock and the dice are the caller's. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const FIRST_BACK_OFF_MS = 5 * 60_000;
const LONGEST_BACK_OFF_MS = 6 * HOUR_MS;

/** A number from 0, included, to 1, excluded, as `Math.random` gives it. */
export type Random = () => number;

/** Ten per cent more or less, so that a thousand installations do not ask in the same second. */
export function jitter(ms: number, random: Random): number {
  return ms * (0.9 + 0.2 * random());
}

/**
 * Milliseconds to wait after a failure: 5 minutes, doubled with each failure in a row, at most 6 hours, never less than
 * the source asked for.
 * @param failures in a row, this one included
 */
export function pollDelay(failures: number, retryAfterMs: number, random: Random): number {
  const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), LONGEST_BACK_OFF_MS);
  return Math.max(Math.min(jitter(wait, random), LONGEST_BACK_OFF_MS), retryAfterMs);
}
