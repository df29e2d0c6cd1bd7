import { expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { isSqlite } from '../../../src/db/open.ts';
import { openSearchService } from '../../../src/search/search-service.ts';
import { titleKey } from '../../../src/text/ids.ts';
import { INDEX_FORM } from '../../../src/text/index-text.ts';
import { lifetime } from '../../support/crash-injection.ts';
import { openTestDatabase } from '../../support/database.ts';
import { bring, openTestKeeper, sync } from './indexing-harness.ts';

const QUERY = { filter: {}, sort: 'relevance', limit: 500, offset: 0 } as const;
const PAPERS = 600;

/** As the first program left it: words as FTS5 reads them, packed under an older name. */
async function openOldStore(): Promise<DatabaseConnection> {
  const connection = await openTestDatabase();
  const records = Array.from({ length: PAPERS }, (_, at) => ({
    id: `2605.${String(at + 1).padStart(5, '0')}`,
    title: `Self-Attention Number ${at + 1}`,
    abstract: 'Written in C++.',
  }));
  await bring(connection, records);
  await sync(connection);
  if (isSqlite(connection)) {
    connection.exec(`
      DELETE FROM papers_fts;
      INSERT INTO papers_fts (rowid, title, abstract, authors) SELECT pk, title, abstract, '' FROM papers;
    `);
  }
  connection.exec(`
    UPDATE embedding_models SET name = 'words-1' WHERE maker = 'words';
    UPDATE papers SET title_key = 'old';
    UPDATE index_form SET form = 1, reached = 0, last = 0;
  `);
  return connection;
}

const found = async (connection: DatabaseConnection, text: string) =>
  (await openSearchService(connection).search({ text, ...QUERY })).hits.length;

it('papers that an older program indexed are found in its way, and once they are indexed anew in ours', async () => {
  const connection = await openOldStore();
  expect(await found(connection, 'attention')).toBe(200);
  // PostgreSQL has no index of words that could be an older one.
  if (isSqlite(connection)) expect(await found(connection, 'selfattention')).toBe(0);
  await sync(connection);
  expect(await found(connection, 'attention')).toBe(200);
  expect(await found(connection, 'selfattention')).toBe(200);
  expect(await found(connection, 'C++ "Number 17"')).toBe(1);
  const models = connection.prepare(`SELECT name, reached FROM embedding_models WHERE maker = 'words'`).all();
  expect(models).toEqual([{ name: `words-${INDEX_FORM}`, reached: PAPERS }]);
  expect(connection.prepare('SELECT count(*) FROM paper_vectors').pluck().get()).toBe(2 * PAPERS);
  const title = 'Self-Attention Number 1';
  expect(connection.prepare('SELECT title_key FROM papers WHERE title = ?').pluck().get(title)).toBe(
    titleKey(title),
  );
});

it('whoever comes after a stop goes on where it was, and a paper that came meanwhile is indexed once', async () => {
  const connection = await openOldStore();
  // Reads the progress, indexes one slice, and ends.
  void openTestKeeper(connection, { life: lifetime(2) }).sync(new AbortController().signal);
  await expect.poll(() => connection.prepare('SELECT reached FROM index_form').pluck().get()).toBe(100);
  await bring(connection, [{ id: '2606.00001', title: 'Non-Invasive', abstract: '' }]);
  await sync(connection);
  expect(connection.prepare('SELECT reached, last FROM index_form').get()).toEqual({
    reached: PAPERS,
    last: PAPERS,
  });
  expect(await found(connection, 'noninvasive')).toBe(1);
  if (isSqlite(connection))
    expect(connection.prepare('SELECT count(*) FROM papers_fts').pluck().get()).toBe(PAPERS + 1);
});
