/** When to ask again. Pure: the clock and the dice are the caller's. */
import { backoffDelay, type Random, vary } from '../../resilience/backoff.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Six hours at most, as a pause varies by a fifth. */
const BACKOFF = { firstMs: 5 * 60_000, longestMs: 5 * HOUR_MS };

/** Ten per cent more or less, so that a thousand installations do not ask in the same second. */
export function pollInterval(ms: number, random: Random): number {
  return vary(ms, 0.1, random);
}

/**
 * Milliseconds to wait after a failure: 5 minutes, doubled with each failure in a row up to 5 hours, and
 * never less than the source asked for.
 * @param failures in a row, this one included
 */
export function pollDelay(failures: number, retryAfterMs: number, random: Random): number {
  return Math.max(backoffDelay(BACKOFF, failures, random), retryAfterMs);
}
