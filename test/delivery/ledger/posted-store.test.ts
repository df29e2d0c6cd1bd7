import { describe, expect, it } from 'vitest';
import { openPostedStore } from '../../../src/delivery/ledger/posted-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openTestDatabase } from '../../support/database.ts';
import { LAB, sampleFeed } from '../../support/feeds.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';

const feed = sampleFeed();
const slot = { day: '2026-05-29', due: new Date('2026-05-29T07:00:00Z') };
const ONE = '2605.10001';
const TWO = '2605.10002';

async function open() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  await papers.importBatch(listedPapers('2026-05-28', 3), {
    source: 'hugging-face',
    at: '2026-05-28T08:00:00Z',
  });
  return { papers, posted: openPostedStore(connection) };
}

describe('posted papers', () => {
  it('a posted paper is stored with its day and list, and counts once', async () => {
    const { posted } = await open();
    await posted.record(feed, slot, [ONE, 'unknown']);
    await posted.record(feed, { ...slot, day: '2026-06-01' }, [ONE]);
    await posted.record(sampleFeed({ period: 'week' }), { ...slot, day: '2026-06-08', extra: true }, [ONE]);
    const before = { paper: ONE, feed: 'a' };
    expect(await posted.before(LAB, [ONE, TWO])).toEqual([
      { ...before, period: 'day', day: '2026-05-29', extra: false },
      { ...before, period: 'week', day: '2026-06-08', extra: true },
    ]);
    expect(await posted.before({ ...LAB, channel: 'other' }, [ONE])).toEqual([]);
  });

  it('a posted paper is visible to other channels of the workspace, and to no other workspace', async () => {
    const { posted } = await open();
    const inChannel = (channel: string, workspace = LAB.workspace) =>
      sampleFeed({}, { channel: { ...LAB, workspace, channel } });
    await posted.record(inChannel('old'), { ...slot, day: '2026-05-01' }, [ONE]);
    await posted.record(inChannel('new'), slot, [ONE]);
    await posted.record(inChannel('secret', 'others'), slot, [ONE]);
    await posted.record(feed, slot, [ONE]);
    expect(await posted.elsewhere(LAB, [ONE, TWO])).toEqual([
      { paper: ONE, channel: 'new' },
      { paper: ONE, channel: 'old' },
    ]);
  });

  it('returns the last digest of each feed', async () => {
    const { posted } = await open();
    await posted.record(feed, { ...slot, day: '2026-05-28' }, [ONE]);
    await posted.record(feed, slot, [TWO]);
    await posted.record(sampleFeed({}, { id: 'b' }), { ...slot, day: '2026-05-30' }, ['2605.10003']);
    expect((await posted.lastDigest(feed)).map(({ paper, day }) => [paper, day])).toEqual([
      [TWO, '2026-05-29'],
    ]);
    expect(await posted.lastDigest(sampleFeed({}, { id: 'c' }))).toEqual([]);
  });

  it('only the records of a failed post are taken back', async () => {
    const { posted } = await open();
    const asked = { ...slot, extra: true } as const;
    expect(await posted.record(feed, slot, [ONE])).toEqual([ONE]);
    const counted = await posted.record(feed, asked, [ONE, TWO, 'unknown']);
    expect(counted).toEqual([TWO]);
    await posted.takeBack(feed, asked, [ONE, ...counted]);
    expect((await posted.before(LAB, [ONE, TWO])).map(({ paper }) => paper)).toEqual([ONE]);
  });

  it('a post stays with a paper that gets its arXiv ID later', async () => {
    const { posted, papers } = await open();
    const title = 'A Paper That Nobody Had an Id For';
    await papers.importBatch([{ title, abstract: 'We wait.' }], {
      source: 'papers-page',
      at: '2026-05-28T08:00:00Z',
    });
    const [untold] = await papers.findByTitle(title);
    await posted.record(feed, slot, [untold?.id ?? '']);
    await papers.importBatch([samplePaper({ id: '2605.99999', title })], {
      source: 'arxiv',
      at: '2026-05-29T08:00:00Z',
    });
    expect((await posted.before(LAB, ['2605.99999'])).map(({ day }) => day)).toEqual(['2026-05-29']);
    expect(await posted.before(LAB, [untold?.id ?? ''])).toHaveLength(1);
  });
});
