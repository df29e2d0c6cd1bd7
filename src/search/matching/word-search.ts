/**
 * Finds papers by their words: with the word index, or with FTS5 in a small store and until the index is
 * there. FTS5 has all titles and names, but abstracts only of a small store (docs/decisions/index.md).
 */
import type { Connection } from '../../db/open.ts';
import type { WordIndexReader } from '../word-index/index-reader.ts';
import { openFtsSearch } from './fts-search.ts';
import { openIndexSearch } from './index-search.ts';
import type { WordSearch } from './port.ts';

export function openWordSearch(connection: Connection, index: WordIndexReader): WordSearch {
  const indexed = openIndexSearch(connection, index);
  const fts = openFtsSearch(connection);
  return {
    ranked: (...asked) => indexed.ranked(...asked) ?? fts.ranked(...asked),
    listed: (...asked) => indexed.listed(...asked) ?? fts.listed(...asked),
    count: (...asked) => indexed.count(...asked) ?? fts.count(...asked),
    among: (...asked) => indexed.among(...asked) ?? fts.among(...asked),
    holders: (word) => indexed.holders(word) ?? fts.holders(word),
  };
}
