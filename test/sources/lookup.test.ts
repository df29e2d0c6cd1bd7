import { expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openLookup } from '../../src/sources/lookup.ts';
import type { Source } from '../../src/sources/source.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

const NEVER = new AbortController().signal;
const idsFrom = (count: number) =>
  Array.from({ length: count }, (_, at) => `2605.3${String(at).padStart(4, '0')}`);
const recordOf = (id: string) => samplePaper({ id, title: `Fetched ${id}` });

async function opened(...sources: Partial<Source>[]) {
  const papers = openPaperStore(await openTestDatabase());
  const whole = sources.map(
    (source): Source => ({ name: 'arxiv', jobs: () => [], probe: async () => {}, ...source }),
  );
  const clock = fakeClock('2026-05-29T12:00:00Z');
  return { papers, lookup: openLookup({ sources: whole, papers, clock, log: silentLog }) };
}

it('many ids are requested fifty at a time, and what the source has is stored', async () => {
  const asked: number[] = [];
  const { papers, lookup } = await opened({
    async findPapers(ids) {
      asked.push(ids.length);
      return ids.slice(1).map(recordOf);
    },
  });
  const ids = idsFrom(120);
  expect(await lookup.findMany(ids, NEVER)).toEqual({ added: 117, miss: 'unknown' });
  expect(asked).toEqual([50, 50, 20]);
  expect(await papers.findMany(ids)).toHaveLength(117);
});

it('many ids of which one request failed may still exist', async () => {
  let requests = 0;
  const { lookup } = await opened({
    async findPapers(ids) {
      requests += 1;
      if (requests === 1) throw new Error('503');
      return ids.map(recordOf);
    },
  });
  expect(await lookup.findMany(idsFrom(60), NEVER)).toEqual({ added: 10, miss: 'unreachable' });
});

it('many ids are looked up one by one, and only a few, where no source answers for many', async () => {
  const asked: string[] = [];
  const { lookup } = await opened({
    async findPaper(id) {
      asked.push(id);
      return recordOf(id);
    },
  });
  const ids = idsFrom(12);
  expect(await lookup.findMany(ids, NEVER)).toEqual({ added: 10, miss: 'unreachable' });
  expect(asked).toEqual(ids.slice(0, 10));
  expect(await lookup.findMany(ids.slice(0, 3), NEVER)).toMatchObject({ miss: 'unknown' });
});

it('many ids without any source are not asked for', async () => {
  const { lookup } = await opened();
  expect(await lookup.findMany(idsFrom(2), NEVER)).toEqual({ added: 0, miss: 'not-asked' });
});
