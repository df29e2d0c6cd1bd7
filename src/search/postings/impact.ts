/**
 * BM25 of one word in one paper, and upper limits of it for many papers, which are stored. Scores are
 * multiples of a small fraction, so that a sum does not depend on its order, and a search that skips finds
 * the same as one that reads everything.
 */
import { B, B_OF_TEXT, K1 } from '../ranking/bm25.ts';

/** A whole text as the query weighs the length of a paper more than a question does. */
export type Profile = 'question' | 'text';

export const PROFILES: readonly Profile[] = ['question', 'text'];
const LENGTH_WEIGHTS: Readonly<Record<Profile, number>> = { question: B, text: B_OF_TEXT };

/** Frequencies are stored in halves, because a word in a name counts half. */
export const FREQUENCY_UNIT = 0.5;
export const MOST_FREQUENT = 255;
export const LONGEST = 65_535;

/** Added and subtracted again, rounds a number below 2^30 to a multiple of 2^-20. */
export const ROUNDING = 1.5 * 2 ** 32;
/** The most that rounding adds, and more. */
const ROUNDED_UP = 2 ** -20;
const STEPS = 255;

/** `frequency / (frequency + base + slope · length)`, with the frequency in stored units. */
export interface Saturation {
  readonly base: number;
  readonly slope: number;
}

/** @param average length of a paper */
export function saturationOf(profile: Profile, average: number): Saturation {
  const b = LENGTH_WEIGHTS[profile];
  return { base: (K1 * (1 - b)) / FREQUENCY_UNIT, slope: (K1 * b) / Math.max(1, average) / FREQUENCY_UNIT };
}

/** The factor of a word's weight for a saturated frequency. */
export const IMPACT = K1 + 1;

/** Rounds an impact from 0 to 1 up to a byte. */
export function toImpactByte(impact: number): number {
  return Math.min(STEPS, Math.ceil(impact * STEPS));
}

/**
 * Returns the factor from a stored impact byte to the most that a word can add to a score.
 * @param stored average length of the papers when the impact was computed
 * @param average length now; if papers became longer on average, impacts grew, at most in proportion
 */
export function limitOfByte(weight: number, stored: number, average: number): number {
  return (weight * IMPACT * Math.max(1, Math.max(1, average) / Math.max(1, stored))) / STEPS;
}

export function limitOf(byte: number, factor: number): number {
  return byte * factor + ROUNDED_UP;
}
