/** Measures how far a text covers the words of a question. */
import { rarity } from '../summary/scoring/scorer.ts';

/** Letters from the start that the stems of one word share, at least: `predict` and `predictor`. */
const SHARED_LETTERS = 5;
/** The same as a share of the longer stem, so that `inter` does not stand for `interpolation`. */
const SHARED_PART = 0.6;

/** True for stems of words with one root, which the stemmer keeps apart: `diagnosi` and `diagnost`. */
function areRelated(a: string, b: string): boolean {
  const enough = Math.max(SHARED_LETTERS, SHARED_PART * Math.max(a.length, b.length));
  if (Math.min(a.length, b.length) < enough) return false;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  return shared >= enough;
}

/** The stems of a question that a text contains, in this or a related form. */
export function coveredWords(asked: ReadonlySet<string>, text: ReadonlySet<string>): Set<string> {
  const words = [...text];
  return new Set([...asked].filter((stem) => text.has(stem) || words.some((word) => areRelated(stem, word))));
}

/** Share of the words by weight, rare ones weighing more; `undefined` for no words. */
export function shareOf(words: ReadonlySet<string>, share: (word: string) => number): number | undefined {
  let found = 0;
  let whole = 0;
  for (const word of words) {
    found += share(word) * rarity(word);
    whole += rarity(word);
  }
  return whole === 0 ? undefined : found / whole;
}

/** Share of a question's words that a text contains, from 0 to 1. */
export function coverage(asked: ReadonlySet<string>, text: ReadonlySet<string>): number {
  const covered = coveredWords(asked, text);
  return shareOf(asked, (word) => (covered.has(word) ? 1 : 0)) ?? 0;
}
