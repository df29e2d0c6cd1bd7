import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openSearch } from '../../src/app/search-threads.ts';
import { silentLog } from '../../src/base/log.ts';
import { openSearched, paper } from '../search/search-harness.ts';
import { temporaryFolder } from '../support/database.ts';
import { countThreads } from '../support/threads.ts';

const QUERY = { text: 'route', filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
async function open(restsAfterMs?: number) {
  const path = join(temporaryFolder(), 'paperboy.db');
  await openSearched([paper('Learned Routing')], path);
  const deaths: Error[] = [];
  const opened = await openSearch(path, silentLog, (error) => deaths.push(error), restsAfterMs);
  onTestFinished(() => opened.close());
  return { ...opened, deaths };
}

it('searches that come one after the other have one thread', async () => {
  const { search } = await open();
  const before = countThreads();
  for (let n = 0; n < 10; n++) expect(await search.search(QUERY)).toMatchObject({ total: 1 });
  expect(countThreads()).toBe(before);
});

it('searches that wait get a second thread, which ends when there is nothing to search', async () => {
  const { search, deaths } = await open(100);
  const before = countThreads();
  const more = availableParallelism() > 1 ? 1 : 0;
  const withSecond = before === undefined ? undefined : before + more;
  const askMany = async () => {
    const pages = await Promise.all(Array.from({ length: 200 }, () => search.search(QUERY)));
    expect(pages.every(({ total }) => total === 1)).toBe(true);
    return countThreads();
  };
  await vi.waitFor(async () => expect(await askMany()).toBe(withSecond), { timeout: 20_000 });
  await vi.waitFor(() => expect(countThreads()).toBe(before), { timeout: 10_000 });
  expect(await search.search(QUERY)).toMatchObject({ total: 1 });
  expect(deaths).toEqual([]);
});

it('a stop while the second thread starts leaves no thread behind', async () => {
  const before = countThreads();
  const { search, close, deaths } = await open();
  const asked = Array.from({ length: 20 }, () => search.search(QUERY).catch(() => undefined));
  await close();
  await Promise.all(asked);
  await vi.waitFor(() => expect(countThreads()).toBe(before), { timeout: 10_000 });
  expect(deaths).toEqual([]);
});
