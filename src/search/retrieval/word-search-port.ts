/** Searches by words: what the word index and FTS5 both answer. */
import type { WordMatch } from '../query/word-match.ts';
import type { WeightedQuery } from '../ranking/ranking.ts';
import type { IndexedField } from '../text/beginnings.ts';
import type { Condition, ListOrder } from './filter-store.ts';

export interface WordSearch {
  /** Returns keys of the best matches by words alone, the best first. */
  ranked(match: WordMatch, scored: WeightedQuery, condition: Condition, limit: number): number[];
  /** Returns keys of the first matches in an order of lists. */
  listed(match: WordMatch, order: ListOrder, condition: Condition, limit: number): number[];
  /** Counts matches up to `limit`. */
  count(match: WordMatch, condition: Condition, limit: number): number;
  /** Returns those of the keys that match, in no order. */
  among(match: WordMatch, keys: readonly number[]): number[];
  /** Returns the keys of all papers with a word, in no order. */
  holders(word: string): number[];
  /**
   * Returns the keys of papers that have all words in their title, or in names, in no order, and of some that
   * only seem to.
   * @param words folded, at least one of them or a beginning
   * @param beginning folded letters with which a word begins
   */
  inField(field: IndexedField, words: readonly string[], beginning?: string): number[];
}

/** Searches that know only a part of a large store. */
export interface SomeWords extends WordSearch {
  /** How many of the papers that it knows have a word with this stem. */
  papersWith(stem: string): number;
  /** How many papers it knows. @param newest the largest key */
  papers(newest: number): number;
}

/** What the word index can answer: `undefined` if it is not ready, or knows none of the words. */
export type IndexSearch = {
  [Name in keyof WordSearch]: (
    ...asked: Parameters<WordSearch[Name]>
  ) => ReturnType<WordSearch[Name]> | undefined;
};
