/** Polling intervals and back-off. Pure: the caller passes the time and the random numbers. */
import { backoffDelay, type Random, vary } from '../../resilience/backoff.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** At most six hours, because a pause varies by a fifth. */
const BACKOFF = { firstMs: 5 * 60_000, longestMs: 5 * HOUR_MS };

/** Varies a duration by ±10%, so that a thousand installations do not send requests in the same second. */
export function pollInterval(ms: number, random: Random): number {
  return vary(ms, 0.1, random);
}

/**
 * Returns the milliseconds to wait after a failure: 5 minutes, doubled with each consecutive failure up to
 * 5 hours, and never less than the source asked for.
 * @param failures consecutive failures, including this one
 */
export function pollDelay(failures: number, retryAfterMs: number, random: Random): number {
  return Math.max(backoffDelay(BACKOFF, failures, random), retryAfterMs);
}
