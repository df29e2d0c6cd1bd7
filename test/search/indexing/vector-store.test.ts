import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { isSqlite } from '../../../src/db/open.ts';
import { openVectorStore } from '../../../src/search/indexing/vector-store.ts';
import type { PaperText, VectorStore } from '../../../src/search/indexing/vectors.ts';
import { openTestDatabase } from '../../support/database.ts';
import { AT, bring } from './indexing-harness.ts';
import { topicalPapers } from './topics.ts';

const AT_A_TIME = 2_000;
const LATER = '2026-05-30T12:00:00Z';
const LATEST = '2026-05-31T12:00:00Z';
const ENDPOINT = { maker: 'endpoint', name: 'one', dimensions: 3, papers: 10 } as const;

const pack = (papers: readonly PaperText[]) =>
  papers.map((paper) => ({ paper, bytes: Uint8Array.of(1, 1, 1) }));
const keysOf = (papers: readonly PaperText[]) => papers.map(({ pk }) => pk);

/** Saves what is pending, as the vector indexer does. @returns the keys of each slice */
async function fill(store: VectorStore, model: number, limit = 100): Promise<number[][]> {
  const slices: number[][] = [];
  for (;;) {
    const { papers, reached, isLast } = await store.pending(model, limit);
    slices.push(keysOf(papers));
    if (papers.length > 0 || !isLast) await store.save(model, pack(papers), reached);
    if (isLast && papers.length === 0) return slices;
  }
}

/** A store whose papers have all vectors of packed words, and of a model that is being built. */
async function openFilled(count: number) {
  const connection = await openTestDatabase();
  await bring(connection, topicalPapers(count));
  const store = openVectorStore(connection, () => new Date(AT));
  const model = await store.begin(ENDPOINT);
  const words = (await store.overview()).models.find(({ maker }) => maker === 'words')?.id ?? 0;
  for (const each of [words, model]) await fill(store, each);
  return { connection, store, words, model };
}

/** Changes the papers with these keys. */
async function change(connection: DatabaseConnection, keys: readonly number[], at = LATER): Promise<void> {
  const papers = topicalPapers(Math.max(...keys));
  const changed = keys.map((pk) => ({ ...papers[pk - 1], title: `Changed ${pk}`, abstract: `By ${at}.` }));
  await bring(connection, changed, at);
}

/** Papers that only have keys and vectors. Some at a time, because a statement has a time limit. */
function addMany(connection: DatabaseConnection, count: number): void {
  const bytes = isSqlite(connection) ? `x'01'` : `'\\x01'::bytea`;
  for (let first = 1; first <= count; first += AT_A_TIME) {
    const last = Math.min(first + AT_A_TIME, count + 1) - 1;
    connection.exec(`
      WITH RECURSIVE many (n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM many WHERE n < ${last})
      INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, added_at, changed_at)
        SELECT 'many-' || n, '', '', '', '[]', '[]', '[]', 0, '', '' FROM many`);
    connection.exec(`
      INSERT INTO paper_vectors (paper, model, packed)
        SELECT pk, m.id, ${bytes} FROM papers, embedding_models m
        WHERE pk > (SELECT max(pk) FROM papers) - ${AT_A_TIME} ON CONFLICT DO NOTHING`);
  }
  connection.exec('UPDATE embedding_models SET reached = (SELECT max(pk) FROM papers)');
}

it('a model that replaces an unfinished one needs a vector for every paper', async () => {
  const connection = await openTestDatabase();
  await bring(connection, topicalPapers(10));
  const store = openVectorStore(connection, () => new Date(AT));
  const first = await store.begin(ENDPOINT);
  const { papers, reached } = await store.pending(first, 4);
  await store.save(first, pack(papers), reached);
  const second = await store.begin({ ...ENDPOINT, name: 'two' });
  expect((await store.pending(second, 100)).papers).toHaveLength(10);
});

describe('papers that changed', () => {
  it('are the only ones that are looked at again, in a store of any size', async () => {
    for (const more of [0, 20_000]) {
      const { connection, store, words, model } = await openFilled(10);
      addMany(connection, more);
      await change(connection, [7, 2]);
      for (const each of [words, model]) expect(await fill(store, each)).toEqual([[2, 7], []]);
    }
  });

  it('come before new ones, a batch at a time, and need one vector for each model', async () => {
    const { connection, store, words, model } = await openFilled(10);
    await change(connection, [2, 5, 7]);
    await change(connection, [5], LATEST);
    await bring(connection, topicalPapers(2, 10), LATEST);
    for (const each of [words, model]) {
      expect(await fill(store, each, 2)).toEqual([[2, 5], [7], [11, 12], []]);
    }
  });

  it('are pending for a model that had reached them only once it has all vectors', async () => {
    const { connection, store, words } = await openFilled(10);
    const model = await store.begin({ ...ENDPOINT, name: 'two' });
    const { papers, reached } = await store.pending(model, 4);
    await store.save(model, pack(papers), reached);
    await change(connection, [3, 8]);
    expect(await fill(store, model, 4)).toEqual([[3], [5, 6, 7, 8], [9, 10], []]);
    expect(await fill(store, words)).toEqual([[3, 8], []]);
  });

  it('count as not reached until they have their vectors, even after a stop', async () => {
    const { connection, store, words } = await openFilled(10);
    const reachedBy = async () => (await openVectorStore(connection, () => new Date(AT)).overview()).models;
    await change(connection, [4, 6]);
    expect(await reachedBy()).toMatchObject([{ reached: 3 }, { reached: 3 }]);
    const { papers, reached } = await store.pending(words, 1);
    await store.save(words, pack(papers), reached);
    expect(await reachedBy()).toMatchObject([{ reached: 5 }, { reached: 3 }]);
    await fill(store, words);
    expect(await reachedBy()).toMatchObject([{ reached: 10 }, { reached: 3 }]);
  });

  it('stay pending if they change again while their vectors are computed', async () => {
    const { connection, store, words } = await openFilled(10);
    await change(connection, [4, 6]);
    const { papers, reached } = await store.pending(words, 100);
    await change(connection, [6], LATEST);
    await store.save(words, pack(papers), reached);
    const again = await store.pending(words, 100);
    expect(again.papers.map(({ pk, abstract }) => [pk, abstract])).toEqual([[6, `By ${LATEST}.`]]);
  });

  it('are pending if they change while vectors of new papers are computed', async () => {
    const { connection, store, words } = await openFilled(10);
    await bring(connection, topicalPapers(4, 10));
    const { papers, reached } = await store.pending(words, 100);
    await change(connection, [5, 12]);
    await store.save(words, pack(papers), reached);
    expect((await fill(store, words)).flat()).toEqual([5, 12]);
  });

  it('are not pending once they are removed, and a new paper under such a key is', async () => {
    const { connection, store, words, model } = await openFilled(10);
    await change(connection, [4, 10]);
    connection.exec('DELETE FROM papers WHERE pk IN (4, 10)');
    expect((await store.overview()).models).toMatchObject([{ reached: 10 }, { reached: 10 }]);
    await bring(connection, topicalPapers(2, 10), LATEST);
    // SQLite uses the last key again.
    const added = connection.prepare<[], number>('SELECT pk FROM papers WHERE pk >= 10').pluck().all();
    expect(added).toHaveLength(2);
    for (const each of [words, model]) expect((await fill(store, each)).flat()).toEqual(added);
  });

  it('are forgotten with the models that need them', async () => {
    const { connection, store, words, model } = await openFilled(10);
    await change(connection, [4]);
    const next = await store.begin({ ...ENDPOINT, name: 'two' });
    expect(await store.pending(model, 100)).toMatchObject({ papers: [], isLast: true });
    await store.sweep(0);
    const waiting = connection.prepare('SELECT DISTINCT model FROM missing_vectors').pluck().all();
    expect(waiting).toEqual([words]);
    expect((await fill(store, next)).flat()).toHaveLength(10);
  });
});
