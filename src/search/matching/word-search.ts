/**
 * Finds papers by their words: with the word index; in a small store and until the index is complete, with
 * FTS5, which has only the papers of a small store, or on PostgreSQL among the newest papers
 * (docs/decisions/index.md).
 */
import type { DatabaseConnection } from '../../db/connection.ts';
import { openSomeWords } from '../retrieval/newest-store.ts';
import type { SomeWords, WordSearch } from '../retrieval/word-search-port.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';
import { openIndexSearch } from './index-search.ts';

/** @param index absent for a connection without files */
export function openWordSearch(
  connection: DatabaseConnection,
  index: WordIndexReader | undefined,
  some: SomeWords = openSomeWords(connection),
): WordSearch {
  if (!index) return some;
  const indexed = openIndexSearch(connection, index);
  const incomplete = openIndexSearch(connection, { ...index, search: index.searchPart });
  return {
    ranked(match, scored, condition, limit) {
      const asked = [match, scored, condition, limit] as const;
      const found = indexed.ranked(...asked);
      return found ?? inTurns(incomplete.ranked(...asked) ?? [], some.ranked(...asked)).slice(0, limit);
    },
    listed: (...asked) => indexed.listed(...asked) ?? some.listed(...asked),
    count: (...asked) => indexed.count(...asked) ?? some.count(...asked),
    among: (...asked) => indexed.among(...asked) ?? some.among(...asked),
    holders: (word) => indexed.holders(word) ?? some.holders(word),
    inField: (...asked) =>
      indexed.inField(...asked) ?? inTurns(incomplete.inField(...asked) ?? [], some.inField(...asked)),
  };
}

/** One of each in turn, without repetition. */
function inTurns(first: readonly number[], second: readonly number[]): number[] {
  const longest = Math.max(first.length, second.length);
  const all = Array.from({ length: longest }, (_, at) => [first[at], second[at]]).flat();
  return [...new Set(all.filter((key) => key !== undefined))];
}
