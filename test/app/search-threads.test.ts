import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSearch } from '../../src/app/search-threads.ts';
import { silentLog } from '../../src/base/log.ts';
import { openSearched, paper } from '../search/search-harness.ts';
import { temporaryFolder } from '../support/database.ts';
import { countThreads } from '../support/threads.ts';

const QUERY = { text: 'route', filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
const MOST_THREADS = Math.min(2, availableParallelism());

async function open(restsAfterMs?: number) {
  const path = join(temporaryFolder(), 'paperboy.db');
  await openSearched([paper('Learned Routing')], path);
  const threads = countThreads();
  const deaths: Error[] = [];
  const opened = await openSearch({ path }, silentLog, (error) => deaths.push(error), restsAfterMs);
  onTestFinished(() => opened.close());
  return { ...opened, threads, deaths };
}

it('searches that come one after the other have one thread', async () => {
  const { search, threads } = await open();
  for (let n = 0; n < 10; n++) expect(await search.search(QUERY)).toMatchObject({ total: 1 });
  expect(threads).toEqual({ started: 1, ended: 0 });
});

it('searches that wait get a second thread, which ends when there is nothing to search', async () => {
  const { search, threads, deaths } = await open(100);
  const pages = await Promise.all(Array.from({ length: 200 }, () => search.search(QUERY)));
  expect(pages.every(({ total }) => total === 1)).toBe(true);
  expect(threads.started).toBe(MOST_THREADS);
  await expect.poll(() => threads).toEqual({ started: MOST_THREADS, ended: MOST_THREADS - 1 });
  expect(await search.search(QUERY)).toMatchObject({ total: 1 });
  expect(deaths).toEqual([]);
});

it('a stop while the second thread starts leaves no thread behind', async () => {
  const { search, close, threads, deaths } = await open();
  const asked = Array.from({ length: 20 }, () => search.search(QUERY).catch(() => undefined));
  await close();
  await Promise.all(asked);
  await expect.poll(() => threads).toEqual({ started: MOST_THREADS, ended: MOST_THREADS });
  expect(deaths).toEqual([]);
});
