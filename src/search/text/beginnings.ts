/**
 * Terms for the beginnings of words in titles, and in names. By them the word index completes what a person
 * types, and finds the papers of an author.
 */
import { isUnspaced } from '../../text/index-text.ts';

/** The parts of a paper whose beginnings are indexed, each with terms of its own. */
export type IndexedField = 'title' | 'authors';

/** Letters. Beginnings between two lengths are found by the shorter one, and checked in the text. */
const LENGTHS = [3, 5] as const;
/** Chinese, Japanese and Korean words are pairs of signs. */
const LENGTHS_OF_PAIR = [1] as const;

/** Where the hashes begin, so that no word has the term of a beginning. */
const SEEDS: Readonly<Record<IndexedField, number>> = { title: 0x2f0b4c47, authors: 0x6b1d8a93 };
const FIRST_UNSPACED = 0x11_00;

/** Returns how many letters the beginnings of a word have, the shortest first. `to` is behind the word. */
export function beginningsOf(text: string, from: number, to: number): readonly number[] {
  const isPair = text.charCodeAt(from) >= FIRST_UNSPACED && isUnspaced(text.slice(from, to));
  return isPair ? LENGTHS_OF_PAIR : LENGTHS;
}

/** Returns the term of the first letters of a folded word, which begins at `from` and is long enough. */
export function beginningTerm(field: IndexedField, text: string, from: number, letters: number): number {
  let hash = SEEDS[field];
  for (let at = from; at < from + letters; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Returns the term of the longest beginning of a folded word; `undefined` if it is too short. */
export function longestBeginning(field: IndexedField, word: string): number | undefined {
  const letters = beginningsOf(word, 0, word.length).findLast((length) => length <= word.length);
  return letters === undefined ? undefined : beginningTerm(field, word, 0, letters);
}
