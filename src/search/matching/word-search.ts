/**
 * Finds papers by their words: with the word index, or with FTS5 in a small store and until the index is
 * complete. FTS5 has only the papers of a small store (docs/decisions/index.md).
 */
import type { DatabaseConnection } from '../../db/connection.ts';
import { openCandidateStore } from '../retrieval/candidate-store.ts';
import type { WordSearch } from '../retrieval/word-search-port.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';
import { openIndexSearch } from './index-search.ts';

/** @param index absent for a database in memory */
export function openWordSearch(
  connection: DatabaseConnection,
  index: WordIndexReader | undefined,
): WordSearch {
  const fts = openCandidateStore(connection).byWords;
  if (!index) return fts;
  const indexed = openIndexSearch(connection, index);
  const incomplete = openIndexSearch(connection, { ...index, search: index.searchPart });
  return {
    ranked(match, scored, condition, limit) {
      const asked = [match, scored, condition, limit] as const;
      const found = indexed.ranked(...asked);
      return found ?? inTurns(incomplete.ranked(...asked) ?? [], fts.ranked(...asked)).slice(0, limit);
    },
    listed: (...asked) => indexed.listed(...asked) ?? fts.listed(...asked),
    count: (...asked) => indexed.count(...asked) ?? fts.count(...asked),
    among: (...asked) => indexed.among(...asked) ?? fts.among(...asked),
    holders: (word) => indexed.holders(word) ?? fts.holders(word),
    inField: (...asked) =>
      indexed.inField(...asked) ?? inTurns(incomplete.inField(...asked) ?? [], fts.inField(...asked)),
  };
}

/** One of each in turn, without repetition. */
function inTurns(first: readonly number[], second: readonly number[]): number[] {
  const longest = Math.max(first.length, second.length);
  const all = Array.from({ length: longest }, (_, at) => [first[at], second[at]]).flat();
  return [...new Set(all.filter((key) => key !== undefined))];
}
