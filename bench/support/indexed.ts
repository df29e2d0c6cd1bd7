/** The word index over all papers of a database, made at once. */
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openWordIndexReader, type WordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { openWordIndexWriter } from '../../src/search/word-index/index-writer.ts';
import { indexFolder } from '../../src/search/word-index/manifest.ts';
import { openWordChangeStore } from '../../src/search/word-index/word-change-store.ts';
import { INDEX_FORM } from '../../src/text/index-text.ts';

const CACHE_MEGABYTES = 16;

/** @returns the open index, and the seconds that it took */
export async function indexAll(
  connection: DatabaseConnection,
  path: string,
): Promise<{ readonly reader: WordIndexReader; readonly seconds: number }> {
  const options = { folder: indexFolder(path), form: INDEX_FORM, cacheMegabytes: CACHE_MEGABYTES };
  // All papers as if they were older than the index.
  connection.exec('DELETE FROM word_changes WHERE id < (SELECT max(id) FROM word_changes)');
  const began = performance.now();
  const writer = openWordIndexWriter({
    ...options,
    changes: openWordChangeStore(connection),
    pause: async () => {},
  });
  while ((await writer.sync()).isBehind);
  await writer.merged();
  await writer.close();
  const seconds = (performance.now() - began) / 1_000;
  const reader = openWordIndexReader(options);
  reader.search((segments) => segments.papers);
  return { reader, seconds };
}
