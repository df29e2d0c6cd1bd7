/** Exponential back-off with random variation. */

/** Returns a number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
export type Random = () => number;

export interface BackoffRules {
  /** Milliseconds before the second attempt, doubled for each further one. */
  readonly firstMs: number;
  /** Longest pause, before random variation. */
  readonly longestMs: number;
}

/**
 * A fifth in both directions: clients that failed together do not retry together, even after the longest
 * pause.
 */
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

/** @param share largest relative deviation of the result, such as 0.2 */
export function vary(ms: number, share: number, random: Random): number {
  return ms * (1 - share + 2 * share * random());
}
