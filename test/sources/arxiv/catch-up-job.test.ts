import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { openChangesStore } from '../../../src/changes/changes-store.ts';
import { announcementJob } from '../../../src/sources/arxiv/announcement-job.ts';
import { catchUpJob } from '../../../src/sources/arxiv/catch-up-job.ts';
import { openAnnouncementStore } from '../../../src/sources/harvest/announcement-store.ts';
import { openPoller } from '../../../src/sources/polling/poller.ts';
import { openSourceStore } from '../../../src/sources/source-store.ts';
import { dailyHandler } from '../../fakes/sources/arxiv-papers.ts';
import { answer, atom } from '../../fakes/sources/http-server.ts';
import type { OaiPaper } from '../../fakes/sources/oai-server.ts';
import { oaiId, oaiPaper } from '../../support/oai-papers.ts';
import { never, openHarvesting } from '../harvest/frame.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FEED = '/atom/cs.LG';

/** A new paper in cs.LG, submitted on a day and listed on the next. */
function submitted(index: number, day: string, changes: Partial<OaiPaper> = {}): OaiPaper {
  const [date, listed] = [new Date(`${day}T10:00:00Z`), new Date(Date.parse(day) + DAY)];
  const versions = [{ date: date.toUTCString() }];
  return oaiPaper(index, listed.toISOString().slice(0, 10), { versions, categories: ['cs.LG'], ...changes });
}

async function open(now: string, papers: readonly OaiPaper[] = []) {
  const frame = await openHarvesting(papers, now);
  const { connection, clock, arxiv } = frame;
  const announcements = openAnnouncementStore(connection);
  const [state, changes] = [openSourceStore(connection), openChangesStore(connection)];
  const context = { ...frame.options, harvests: frame.store, announcements, state, changes };
  const feedJob = announcementJob({ ...context, arxiv, categories: ['cs.LG'] });
  const start = () =>
    openPoller({
      ...{ clock, state, log: silentLog, random: () => 0.5 },
      jobs: [feedJob, catchUpJob(arxiv, ['cs.LG'], clock, context)],
    });
  frame.server.on(FEED, atom('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>'));
  return { ...frame, announcements, state, start };
}

const problems = async ({ announcements }: Awaited<ReturnType<typeof open>>) =>
  (await announcements.problemsSince('2026-01-01')).map(({ day, problem, madeGoodAt }) => [
    day,
    problem,
    madeGoodAt?.slice(0, 13),
  ]);

const announced = (day: string, ...indexes: number[]) =>
  dailyHandler(
    day,
    indexes.map((index) => ({
      paper: { id: oaiId(index), title: `Paper ${index} on Graphs`, abstract: 'A', categories: ['cs.LG'] },
      type: 'new',
    })),
  );

describe('papers that were announced while the bot was down', () => {
  it.each([
    ['a day', 1],
    ['a month', 31],
    ['a year', 365],
  ])('for %s are caught up', async (_, days) => {
    const frame = await open('2026-09-01T07:00:00.000Z', [submitted(1, '2026-08-31')]);
    await frame.start().tick(never);
    expect(frame.storedIds()).toEqual([oaiId(1)]);
    const missed = Array.from({ length: days }, (_, index) =>
      submitted(10 + index, new Date(Date.parse('2026-09-01') + index * DAY).toISOString().slice(0, 10)),
    );
    frame.remote.put(...missed);
    frame.clock.pass(days * DAY);
    await frame.start().tick(never);
    expect(frame.storedIds()).toHaveLength(1 + days);
    expect(await frame.papers.find(oaiId(10))).toMatchObject({ published: '2026-09-01T10:00:00.000Z' });
  });

  it('come without old papers that were only repaired, and with changes of stored ones', async () => {
    const frame = await open('2026-09-01T07:00:00.000Z', [submitted(1, '2026-08-31')]);
    await frame.start().tick(never);
    const versions = [{ date: 'Mon, 05 Jan 2015 10:00:00 GMT' }];
    frame.remote.put(
      submitted(2, '2026-09-01', { versions }),
      submitted(1, '2026-09-01', { doi: '10.1/x' }),
      submitted(3, '2026-09-01', { categories: ['hep-th'] }),
    );
    frame.clock.pass(DAY);
    await frame.start().tick(never);
    expect(frame.storedIds()).toEqual([oaiId(1)]);
    expect(await frame.papers.find(oaiId(1))).toMatchObject({ doi: '10.1/x' });
  });

  it('are caught up from the last poll of a version that did not do so', async () => {
    const frame = await open('2026-09-01T07:00:00.000Z', [submitted(1, '2026-06-10')]);
    await frame.store.save({
      ...{ name: 'news', phase: 'rest', stalls: 0, rounds: 0, read: 0, busyMs: 0, completeTo: '2026-06-09' },
    });
    await frame.start().tick(never);
    expect(frame.storedIds()).toEqual([oaiId(1)]);
    expect(await frame.store.get('news cs:cs:LG')).toMatchObject({ since: '2026-06-09' });
  });

  it('are caught up to the point that was reached if arXiv fails in the middle', async () => {
    const papers = Array.from({ length: 600 }, (_, index) => submitted(index, '2026-08-31'));
    const frame = await open('2026-09-01T07:00:00.000Z', papers);
    frame.faults.next = (number) => (number > 1 ? 'down' : undefined);
    await frame.start().tick(never);
    expect((await frame.start().tick(never)).failed.map(({ key }) => key)).toEqual(['catch-up']);
    expect(frame.storedIds()).toHaveLength(250);
    delete frame.faults.next;
    frame.clock.pass(HOUR);
    await frame.start().tick(never);
    expect(frame.storedIds()).toHaveLength(600);
  });
});

describe('a daily feed', () => {
  /** Polls every half hour from 4:30 to 23:30. */
  async function pollAllDay(frame: Awaited<ReturnType<typeof open>>) {
    const poller = frame.start();
    for (let half = 0; half < 38; half++) {
      await poller.tick(never);
      frame.clock.pass(HOUR / 2);
    }
  }

  it('that repeats the day before under a new date is noticed, and made good within the day', async () => {
    const frame = await open('2026-09-01T04:30:00.000Z', [
      submitted(1, '2026-08-31'),
      submitted(2, '2026-08-31'),
    ]);
    frame.server.on(FEED, announced('2026-09-01', 1, 2));
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([]);
    frame.remote.put(submitted(3, '2026-09-01'));
    frame.server.on(FEED, announced('2026-09-02', 2, 1));
    frame.clock.pass(5 * HOUR);
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([
      ['2026-09-02', 'repeated', expect.stringMatching(/^2026-09-02T/)],
    ]);
    expect(frame.storedIds()).toEqual([1, 2, 3].map(oaiId).toSorted());
  });

  it('that repeats Friday’s papers at the weekend leaves nothing out', async () => {
    const frame = await open('2026-09-04T04:30:00.000Z');
    frame.server.on(FEED, announced('2026-09-04', 1, 2));
    await pollAllDay(frame);
    frame.server.on(FEED, announced('2026-09-05', 1, 2));
    frame.clock.pass(5 * HOUR);
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([]);
  });

  it('that is cut at 2,000 entries is noticed, and its new papers are read elsewhere', async () => {
    const frame = await open('2026-09-01T04:30:00.000Z', [submitted(5_000, '2026-08-31')]);
    frame.server.on(FEED, announced('2026-09-01', ...Array.from({ length: 2_000 }, (_, index) => index)));
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([['2026-09-01', 'cut', expect.stringMatching(/^2026-09-01T/)]]);
    expect(await frame.papers.find(oaiId(5_000))).toBeDefined();
  });

  it('that is not cut has at most 1,999 entries', async () => {
    const frame = await open('2026-09-01T07:00:00.000Z');
    frame.server.on(FEED, announced('2026-09-01', ...Array.from({ length: 1_999 }, (_, index) => index)));
    await frame.start().tick(never);
    expect(await problems(frame)).toEqual([]);
  });

  it.each([
    ['empty on a weekday', atom('<feed xmlns="http://www.w3.org/2005/Atom"/>'), 'missing'],
    ['a web page', answer('text/html', '<html>Service unavailable</html>'), 'unreadable'],
    ['an error with status 400', answer('text/html', 'Bad Request', { status: 400 }), 'unreadable'],
    ['cut off', atom('<feed xmlns="http://www.w3.org/2005/Atom"><entry>'), 'unreadable'],
  ])('that is %s all day is noticed, and its papers are read elsewhere', async (_, handler, problem) => {
    const frame = await open('2026-09-01T04:30:00.000Z', [submitted(1, '2026-08-31')]);
    frame.server.on(FEED, handler);
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([['2026-09-01', problem, expect.stringMatching(/^2026-09-01T/)]]);
    expect(frame.storedIds()).toEqual([oaiId(1)]);
  });

  it('that is only late is no problem in the end', async () => {
    const frame = await open('2026-09-01T04:30:00.000Z');
    frame.server.on(FEED, atom('<feed xmlns="http://www.w3.org/2005/Atom"/>'), announced('2026-09-01', 1));
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([]);
  });

  it('that is empty at the weekend is no problem', async () => {
    const frame = await open('2026-09-05T04:30:00.000Z');
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([]);
  });

  it('is not made good by a list that is still empty', async () => {
    const frame = await open('2026-09-01T04:30:00.000Z');
    await pollAllDay(frame);
    expect(await problems(frame)).toEqual([['2026-09-01', 'missing', undefined]]);
  });
});
