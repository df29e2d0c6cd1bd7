/** The plain alternative to this program's search: a single FTS5 table. */

import type { DatabaseConnection } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { INDEXED_FROM } from '../../src/papers/paper-index-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openReindexer } from '../../src/papers/reindex-store.ts';
import { indexAll } from './indexed.ts';

const SLICE = 5_000;

/**
 * Title and abstract with Porter stemming and the title counted twice; all words of the query, each in
 * quotes, joined by OR.
 */
export function openBareFts(connection: DatabaseConnection, records: readonly PaperRecord[], limit = 100) {
  const bare = openBareTable(connection, limit);
  bare.add(records);
  return bare.search;
}

/** The same, filled in parts. */
export function openBareTable(connection: DatabaseConnection, limit = 100) {
  connection.exec(`
    CREATE VIRTUAL TABLE bare USING fts5 (title, abstract, tokenize = 'porter unicode61', content = '');
    INSERT INTO bare (bare, rank) VALUES ('rank', 'bm25(2.0, 1.0)');`);
  const insert = connection.prepare('INSERT INTO bare (rowid, title, abstract) VALUES (?, ?, ?)');
  const select = connection
    .prepare<[string, number], number>('SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT +?')
    .pluck();
  let count = 0;
  return {
    add: connection.transaction((records: readonly PaperRecord[]) => {
      for (const { title, abstract } of records) insert.run(count++, title, abstract);
    }),
    /** Indexes of the records, best first. */
    search(text: string): number[] {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      return words.length === 0 ? [] : select.all(words.map((word) => `"${word}"`).join(' OR '), limit);
    },
  };
}

/** A database with the records, imported by the program itself. */
export async function openImported(
  path: string,
  records: readonly PaperRecord[],
): Promise<DatabaseConnection> {
  const connection = openDatabase(path);
  await migrate(connection);
  // As at a start of the program: without it, all papers count as indexed in an older form.
  openReindexer(connection);
  const store = openPaperStore(connection);
  for (let from = 0; from < records.length; from += SLICE) {
    const at = '2026-01-01T00:00:00Z';
    await store.importBatch(records.slice(from, from + SLICE), { source: 'arxiv', at });
  }
  if (records.length > INDEXED_FROM) (await indexAll(connection, path)).reader.close();
  return connection;
}
