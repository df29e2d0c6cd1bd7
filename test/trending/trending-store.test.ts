import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { TrendingQuery } from '../../src/trending/trending.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const LATER = '2026-07-01T00:00:00.000Z';

interface Listing {
  readonly id: string;
  readonly days: readonly string[];
  readonly votes?: number;
  readonly looks?: ReadonlyArray<readonly [at: string, votes: number]>;
  readonly more?: Partial<PaperRecord>;
}

async function openLists(clock: FakeClock = fakeClock(LATER)) {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  const trending = openTrendingService(connection, clock);
  return {
    library: openLibrary(connection),
    async add(...listings: readonly Listing[]) {
      const records = listings.map(({ id, days, votes = 10, looks = [], more }) => ({
        id,
        title: `Paper ${id}`,
        abstract: 'We do something.',
        votes,
        comments: 0,
        appearances: days.map((day, index) => ({ day, rank: index + 1, votes, comments: 0 })),
        snapshots: looks.map(([at, count]) => ({ at, votes: count, comments: 0 })),
        ...more,
      }));
      await papers.importBatch(records, { source: 'hugging-face', at: LATER });
    },
    list: (query: Partial<TrendingQuery>) =>
      trending.list({ period: 'day', of: { team: 'lab' }, limit: 10, offset: 0, ...query }),
    async ids(query: Partial<TrendingQuery>) {
      const { entries } = await this.list(query);
      return entries.map(({ paper }) => paper.id);
    },
  };
}

describe('a trending list', () => {
  it('a trending list has a reason only for a paper above one with more votes', async () => {
    const lists = await openLists();
    const day = '2026-05-29';
    await lists.add(
      { id: '2605.00001', days: [day], votes: 40 },
      { id: '2605.00002', days: [day], votes: 30, more: { comments: 9 } },
      { id: '2605.00003', days: [day], votes: 35 },
      { id: '2605.00004', days: [day], votes: 20, more: { comments: 1 } },
    );
    const { entries } = await lists.list({ date: day });
    expect(entries.map(({ paper, reason }) => [paper.id, reason])).toEqual([
      ['2605.00002', 'discussed'],
      ['2605.00001', undefined],
      ['2605.00003', undefined],
      ['2605.00004', undefined],
    ]);
  });

  it('a trending list without a date is the latest one, however old', async () => {
    const lists = await openLists();
    await lists.add({ id: '2505.00001', days: ['2025-05-01'] }, { id: '2505.00002', days: ['2025-05-14'] });
    expect(await lists.list({})).toMatchObject({ from: '2025-05-14', to: '2025-05-14', total: 1 });
    expect(await lists.list({ period: 'week' })).toMatchObject({
      from: '2025-05-12',
      to: '2025-05-18',
      total: 1,
    });
    expect(await lists.list({ period: 'month' })).toMatchObject({
      from: '2025-05-01',
      to: '2025-05-31',
      total: 2,
    });
  });

  it('a trending list is empty if there are no lists', async () => {
    const lists = await openLists(fakeClock('2026-05-29T12:00:00.000Z'));
    expect(await lists.list({})).toEqual({
      period: 'day',
      from: '2026-05-29',
      to: '2026-05-29',
      entries: [],
      total: 0,
    });
  });

  it('a trending list links to the nearest periods with a list', async () => {
    const lists = await openLists();
    await lists.add({ id: '2605.00001', days: ['2026-03-20', '2026-05-22', '2026-05-29'] });
    expect(await lists.list({ date: '2026-05-24' })).toMatchObject({
      entries: [],
      total: 0,
      previous: '2026-05-22',
      next: '2026-05-29',
    });
    const week = await lists.list({ period: 'week', date: '2026-05-26' });
    expect(week.previous).toBe('2026-05-22');
    expect(week).not.toHaveProperty('next');
    expect(await lists.list({ period: 'month', date: '2026-04-01' })).toMatchObject({
      previous: '2026-03-20',
      next: '2026-05-22',
    });
  });

  it('a paper on several days counts once, with its latest votes and first day', async () => {
    const lists = await openLists();
    await lists.add({ id: '2605.00001', days: ['2026-05-25', '2026-05-28'], votes: 40 });
    await lists.add({ id: '2605.00002', days: ['2026-05-25'], votes: 40 });
    const { total, entries } = await lists.list({ period: 'week', date: '2026-05-28' });
    expect(total).toBe(2);
    expect(entries[0]?.score).toBe(entries[1]?.score);
    expect(entries[0]?.paper.votes).toBe(40);
  });

  it('a trending list is ordered by score, and ties are deterministic', async () => {
    const lists = await openLists();
    await lists.add(
      { id: '2605.00003', days: ['2026-05-29'], votes: 5 },
      { id: '2605.00002', days: ['2026-05-29'], votes: 9 },
      { id: '2605.00001', days: ['2026-05-29'], votes: 5 },
    );
    expect(await lists.ids({})).toEqual(['2605.00002', '2605.00001', '2605.00003']);
  });

  it('ranks continue across pages', async () => {
    const lists = await openLists();
    await lists.add(
      ...[5, 4, 3, 2, 1].map((votes) => ({ id: `2605.0000${votes}`, days: ['2026-05-29'], votes })),
    );
    const page = await lists.list({ limit: 2, offset: 2 });
    expect(page.total).toBe(5);
    expect(page.entries.map(({ rank, paper }) => [rank, paper.votes])).toEqual([
      [3, 3],
      [4, 2],
    ]);
    expect((await lists.list({ offset: 99 })).entries).toEqual([]);
  });

  it('only saves of the own team count', async () => {
    const lists = await openLists();
    await lists.add(
      { id: '2605.00001', days: ['2026-05-29'], votes: 11 },
      { id: '2605.00002', days: ['2026-05-29'], votes: 10 },
    );
    const ada = { team: 'lab', platform: 'slack', workspace: 'T', person: 'ada' };
    await lists.library.save(ada, '2605.00002', LATER);
    await lists.library.save({ ...ada, platform: 'discord' }, '2605.00002', LATER);
    const { entries } = await lists.list({});
    expect(entries.map(({ paper, saves }) => [paper.id, saves])).toEqual([
      ['2605.00002', 2],
      ['2605.00001', 0],
    ]);
    expect(await lists.ids({ of: { team: 'other' } })).toEqual(['2605.00001', '2605.00002']);
  });

  it('an invalid day is refused with a sentence', async () => {
    const lists = await openLists();
    await expect(lists.list({ date: '2026-02-30' })).rejects.toThrow('2026-02-30 is not a day.');
  });
});

describe('the growth of a paper’s votes', () => {
  const rising: Listing = {
    id: '2605.00001',
    days: ['2026-05-28'],
    votes: 50,
    looks: [
      ['2026-05-26T08:00:00.000Z', 1],
      ['2026-05-27T13:00:00.000Z', 10],
      ['2026-05-28T13:00:00.000Z', 30],
      ['2026-05-29T11:00:00.000Z', 50],
    ],
  };

  it('growth is the votes gained since the first poll in two days', async () => {
    const lists = await openLists(fakeClock('2026-05-29T12:00:00.000Z'));
    await lists.add(rising);
    expect((await lists.list({ period: 'week' })).entries[0]?.growth).toBe(40);
  });

  it('growth follows the clock', async () => {
    const clock = fakeClock('2026-05-29T12:00:00.000Z');
    const lists = await openLists(clock);
    await lists.add(rising);
    await clock.advance(24 * 3_600_000);
    expect((await lists.list({ period: 'week' })).entries[0]?.growth).toBe(20);
  });

  it('growth of a past period is measured from its end', async () => {
    const lists = await openLists(fakeClock('2026-05-29T12:00:00.000Z'));
    await lists.add(rising);
    expect((await lists.list({ period: 'day', date: '2026-05-28' })).entries[0]?.growth).toBe(20);
  });

  it('growth is absent after only one poll', async () => {
    const lists = await openLists(fakeClock('2026-05-29T12:00:00.000Z'));
    await lists.add({ ...rising, looks: [['2026-05-29T11:00:00.000Z', 50]] });
    expect((await lists.list({ period: 'week' })).entries[0]).not.toHaveProperty('growth');
  });

  it('growth lifts a paper over one with equal votes', async () => {
    const lists = await openLists(fakeClock('2026-05-29T12:00:00.000Z'));
    await lists.add({ id: '2605.00000', days: ['2026-05-28'], votes: 50 }, rising);
    expect(await lists.ids({ period: 'week' })).toEqual(['2605.00001', '2605.00000']);
  });
});

describe('the age of a paper in a list', () => {
  it('age is measured to now, or to the end of a past period', async () => {
    const clock = fakeClock('2026-05-26T00:00:00.000Z');
    const lists = await openLists(clock);
    await lists.add({ id: '2605.00001', days: ['2026-05-25'], votes: 10 });
    const score = async () => (await lists.list({ period: 'week' })).entries[0]?.score ?? 0;
    expect(await score()).toBeCloseTo(10 / (1 / 7 + 2) ** 1.8, 10);
    await clock.advance(30 * 24 * 3_600_000);
    expect(await score()).toBeCloseTo(10 / 3 ** 1.8, 10);
  });

  it('a newer paper passes an older one with slightly more votes', async () => {
    const lists = await openLists();
    await lists.add(
      { id: '2605.00001', days: ['2026-05-01'], votes: 15 },
      { id: '2605.00002', days: ['2026-05-29'], votes: 10 },
      { id: '2605.00003', days: ['2026-05-01'], votes: 60 },
    );
    expect(await lists.ids({ period: 'month' })).toEqual(['2605.00003', '2605.00002', '2605.00001']);
  });
});

describe('a topic of a trending list', () => {
  async function openTopics() {
    const lists = await openLists();
    const days = ['2026-05-29'];
    await lists.add(
      { id: '2605.00001', days, votes: 3, more: { title: 'Editing videos', categories: ['cs.CV'] } },
      {
        id: '2605.00002',
        days,
        votes: 2,
        more: { title: 'Proofs', abstract: 'We edit a video.', categories: ['math.LO'] },
      },
      {
        id: '2605.00003',
        days,
        votes: 1,
        more: { title: 'Video games', categories: ['cs.AI', 'cs.CV'], authors: ['Edit Nagy'] },
      },
      {
        id: '2605.00004',
        days: ['2026-05-28'],
        more: { title: 'Editing videos before', categories: ['cs.CV'] },
      },
    );
    return lists;
  }

  it('a topic of words keeps papers with all of them, in any form', async () => {
    const lists = await openTopics();
    expect(await lists.ids({ topic: 'video' })).toEqual(['2605.00001', '2605.00002', '2605.00003']);
    expect(await lists.ids({ topic: 'video editing' })).toEqual(['2605.00001', '2605.00002']);
  });

  it('a topic of a category ignores case', async () => {
    const lists = await openTopics();
    expect(await lists.ids({ topic: 'cs.CV' })).toEqual(['2605.00001', '2605.00003']);
    expect(await lists.ids({ topic: 'CS.cv' })).toEqual(['2605.00001', '2605.00003']);
    expect(await lists.ids({ topic: 'cs' })).toEqual(['2605.00001', '2605.00003']);
  });

  it('ranks and totals count only papers on the topic', async () => {
    const lists = await openTopics();
    const { total, entries } = await lists.list({ topic: 'cs.AI' });
    expect(total).toBe(1);
    expect(entries[0]?.rank).toBe(1);
  });

  it.each(['"', 'NEAR(', '* OR', 'title:', '🎉', '\0', 'مقال', 'AND', 'x'.repeat(6_000), 'x '.repeat(3_000)])(
    'is never a syntax error: %j',
    async (topic) => {
      const lists = await openTopics();
      expect(await lists.ids({ topic })).toEqual([]);
    },
  );

  it('a blank topic does not filter', async () => {
    const lists = await openTopics();
    expect((await lists.list({ topic: '  ' })).total).toBe(3);
  });
});
