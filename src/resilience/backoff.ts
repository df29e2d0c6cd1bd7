/** Growing pauses between tries. */

/** A number from 0, included, to 1, excluded, as `Math.random` gives it. */
export type Random = () => number;

export interface BackoffRules {
  /** Milliseconds before the second try; each further pause is twice as long. */
  readonly firstMs: number;
  /** The longest pause, before it varies at random. */
  readonly longestMs: number;
}

/**
 * A fifth more or less: those who failed together do not return together, not even after the longest pause.
 */
const VARIATION = 0.2;

/**
 * @param failures in a row, from 1
 * @returns milliseconds to wait before the next try
 */
export function backoffDelay(
  { firstMs, longestMs }: BackoffRules,
  failures: number,
  random: Random = Math.random,
): number {
  return vary(Math.min(firstMs * 2 ** (failures - 1), longestMs), VARIATION, random);
}

/** @param share by how much of itself the result is shorter or longer at most */
export function vary(ms: number, share: number, random: Random): number {
  return ms * (1 - share + 2 * share * random());
}
