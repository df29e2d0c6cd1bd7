/** Exponential back-off with random variation. */

/** Returns a number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
export type Random = () => number;

export interface BackoffRules {
  /** Milliseconds before the second attempt, doubled for each further one. */
  readonly firstMs: number;
  /** Longest pause, before random variation. */
  readonly longestMs: number;
}

/** ±20%, so that clients that failed together do not retry together, not even after the longest pause. */
const VARIATION = 0.2;

/**
 * @param failures consecutive failures, from 1
 * @returns milliseconds before the next attempt
 */
export function backoffDelay(
  { firstMs, longestMs }: BackoffRules,
  failures: number,
  random: Random = Math.random,
): number {
  return vary(Math.min(firstMs * 2 ** (failures - 1), longestMs), VARIATION, random);
}

/** @param share largest variation, as a share of `ms` */
export function vary(ms: number, share: number, random: Random): number {
  return ms * (1 - share + 2 * share * random());
}
