import { expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { RandomFilter } from '../../src/papers/random-paper-store.ts';
import { openTestDatabase } from '../support/database.ts';

const MANY = 20_000;

/** Papers 1 to `MANY`, all of math.NT and of 2020, with one vote. */
async function openStore() {
  const connection = await openTestDatabase();
  connection.exec(`
    WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ${MANY})
    INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, published, votes, added_at, changed_at)
      SELECT n, '', 'T', 'Words.', '[]', '[]', '[]', 0, '2020-01-01T00:00:00Z', 1, '', '' FROM many;
    INSERT INTO paper_categories SELECT 'math.NT', pk FROM papers;`);
  return connection;
}

async function drawMany(connection: DatabaseConnection, filter: RandomFilter, times: number) {
  const papers = openPaperStore(connection);
  const drawn = new Map<string, number>();
  for (let time = 0; time < times; time++) {
    const id = (await papers.random(filter))?.id ?? 'none';
    drawn.set(id, (drawn.get(id) ?? 0) + 1);
  }
  return drawn;
}

it('papers of a rare category are drawn equally often, wherever they are', async () => {
  const connection = await openStore();
  // One of them comes after a gap of 10,000 keys, and one says nothing.
  connection.exec(`
    INSERT INTO paper_categories SELECT 'cs.RO', pk FROM papers WHERE pk IN (1, 2, 3, 10000, 10001);
    UPDATE papers SET abstract = '' WHERE pk = 3;`);
  const drawn = await drawMany(connection, { category: 'cs.RO' }, 400);
  expect([...drawn.keys()].toSorted()).toEqual(['1', '10000', '10001', '2']);
  // Each is expected 100 times. One is drawn 165 times less often than once in 10^12 runs.
  expect(Math.max(...drawn.values())).toBeLessThan(165);
});

it('the few recent papers of a large category are found, and those with votes', async () => {
  const connection = await openStore();
  connection.exec(`
    UPDATE papers SET published = '2026-05-02T00:00:00Z' WHERE pk IN (17, 19000);
    UPDATE papers SET votes = 50 WHERE pk IN (17, 18);`);
  const category = 'math.NT';
  const draw = async (filter: RandomFilter) =>
    [...(await drawMany(connection, filter, 40)).keys()].toSorted();
  expect(await draw({ category, since: '2026-05-01' })).toEqual(['17', '19000']);
  expect(await draw({ since: '2026-05-01' })).toEqual(['17', '19000']);
  expect(await draw({ category, since: '2026-05-01', minVotes: 50 })).toEqual(['17']);
  expect(await draw({ minVotes: 50, since: '2019-01-01', category })).toEqual(['17', '18']);
  expect(await draw({ minVotes: 50 })).toEqual(['17', '18']);
  expect(await draw({ category: 'cs.RO' })).toEqual(['none']);
  expect(await draw({ category, since: '2026-06-01' })).toEqual(['none']);
});
