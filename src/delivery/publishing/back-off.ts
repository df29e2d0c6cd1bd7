/** How long to wait before a request is made again. Pure: the dice are the caller's. */
import { FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS } from '../timing.ts';

/**
 * Milliseconds: 2 s, doubled with each attempt, at most 5 minutes, a fifth more or less so that thousands do not return together.
 * @param attempt from 1
 */
export function retryDelay(attempt: number, random: () => number): number {
  const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** (attempt - 1), LONGEST_BACK_OFF_MS);
  return wait * (0.8 + 0.4 * random());
}
