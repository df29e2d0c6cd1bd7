import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openHarvest } from '../../../src/sources/harvest/harvest.ts';
import type { OaiFault } from '../../fakes/sources/oai-server.ts';
import { seededRandom } from '../../support/delivery.ts';
import { oaiId, oaiPaper, oaiPapers } from '../../support/oai-papers.ts';
import { idsOf, never, openHarvesting, PAGE } from './frame.ts';

const DAY = 86_400_000;

/** The first day has more papers than a page. */
function bigDay(count: number) {
  return oaiPapers(count).map((paper, index) => (index < 400 ? { ...paper, day: '2005-09-16' } : paper));
}

describe('the first harvest', () => {
  it('stores every paper once, with the dates of its versions', async () => {
    const all = oaiPapers(1_500);
    const { readAll, storedIds, store, papers } = await openHarvesting(all);
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
    expect(await store.get('all')).toMatchObject({ phase: 'rest', completeTo: '2026-09-01', read: 1_500 });
    expect(await papers.find(oaiId(3))).toMatchObject({
      title: 'Paper 3 on Graphs',
      abstract: 'We study the 3th graph & its "colours". It has $x_{3}<3$ edges.',
      authors: ['A. Author', 'Frédéric Sample', 'C. Test'],
      categories: ['astro-ph.GA', 'gr-qc'],
      published: '2015-01-05T10:03:00.000Z',
      version: 1,
    });
  });

  it('sends one request in three seconds', async () => {
    const { readAll, times } = await openHarvesting(oaiPapers(1_500));
    await readAll();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(times.length).toBeGreaterThan(7);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
  });

  it('goes on where it was after a stop, with the token of the next page', async () => {
    const { harvest, options, plan, server, storedIds } = await openHarvesting(oaiPapers(1_500));
    expect(await harvest.run(0, never)).toEqual({
      added: PAGE,
      updated: 0,
      isUnfinished: true,
      isEmpty: false,
    });
    const again = openHarvest(plan, options);
    await again.run(0, never);
    expect(storedIds()).toHaveLength(2 * PAGE);
    expect(server.requests.map(({ query }) => query.get('resumptionToken'))).toEqual([
      null,
      expect.stringContaining('skip'),
    ]);
  });

  it('stops between two parts of a page, and reads the page again', async () => {
    const all = oaiPapers(600);
    const { options, plan, papers, storedIds, readAll } = await openHarvesting(all);
    const stop = new AbortController();
    const importBatch: typeof papers.importBatch = async (records, context) => {
      await turn();
      stop.abort();
      return papers.importBatch(records, context);
    };
    const stopped = openHarvest(plan, { ...options, papers: { ...papers, importBatch } });
    await expect(stopped.run(Number.POSITIVE_INFINITY, stop.signal)).rejects.toThrow();
    expect(storedIds()).toHaveLength(50);
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
  });

  it('never counts as complete if the server has no papers', async () => {
    const { harvest, store } = await openHarvesting([]);
    await expect(harvest.run(0, never)).rejects.toThrow('arXiv’s list of papers is empty.');
    expect(await store.get('all')).not.toHaveProperty('completeTo');
  });

  it('requests the papers that the pages skipped, because a record moved while they were read', async () => {
    const all = bigDay(1_000);
    const { faults, remote, readAll, storedIds, verbs } = await openHarvesting(all);
    faults.next = (number) => {
      // Both are of the first day, and were on the first page.
      if (number === 2) remote.put(oaiPaper(1, '2026-09-01'), oaiPaper(2, '2026-09-01'));
      return undefined;
    };
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
    expect(verbs().filter((verb) => verb === 'GetRecord')).toHaveLength(2);
  });

  it('lists again what is missing if the list ended too early', async () => {
    const all = oaiPapers(1_500);
    const { faults, readAll, storedIds, verbs } = await openHarvesting(all);
    faults.next = (number) => (number === 2 ? 'end' : undefined);
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
    expect(verbs()).not.toContain('GetRecord');
  });

  it('begins again at the last day when a token has expired', async () => {
    const all = oaiPapers(1_500);
    const { clock, harvest, readAll, server, storedIds, store } = await openHarvesting(all);
    await harvest.run(0, never);
    await harvest.run(0, never);
    const { seenDay } = (await store.get('all')) ?? {};
    clock.pass(DAY);
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
    expect(server.requests[2]?.query.get('from')).toBe(seenDay);
    expect(server.requests[2]?.query.has('resumptionToken')).toBe(false);
  });

  it('does not depend on the date of this computer', async () => {
    const all = oaiPapers(800);
    const { options, plan, server, storedIds, clock } = await openHarvesting(all);
    const late = { ...clock, now: () => new Date(clock.now().getTime() + 400 * DAY) };
    await openHarvest(plan, { ...options, clock: late }).run(Number.POSITIVE_INFINITY, never);
    expect(storedIds()).toEqual(idsOf(all));
    expect(server.requests.filter(({ query }) => query.get('verb') === 'ListRecords')).toHaveLength(4);
  });

  it('leaves a circle of tokens, and requests what the circle kept back', async () => {
    const all = oaiPapers(1_500);
    const { faults, readAll, storedIds, server } = await openHarvesting(all);
    let listed = 0;
    faults.next = (_, query) => {
      if (query.get('verb') !== 'ListRecords') return undefined;
      listed += 1;
      return listed < 14 ? 'repeat' : undefined;
    };
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
    expect(server.requests.length).toBeLessThan(60);
  });

  it('leaves out the rest of a day that cannot be read, and requests it one by one', async () => {
    const all = bigDay(1_000);
    const { faults, harvest, readAll, storedIds, store, clock } = await openHarvesting(all);
    faults.next = (_, query) =>
      query.get('resumptionToken')?.includes('skip%3D250') && query.get('verb') !== 'ListIdentifiers'
        ? 'cut'
        : undefined;
    for (let time = 0; time < 3; time++) {
      expect(await harvest.run(clock.elapsed() + DAY, never)).toMatchObject({ isUnfinished: true });
    }
    expect((await store.get('all'))?.fromDay).toBe('2005-09-17');
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
  });

  it('counts as failed only if a run got nothing, because runs are further apart after failures', async () => {
    const { faults, harvest, storedIds, clock } = await openHarvesting(oaiPapers(600));
    faults.next = (number) => (number > 1 ? 'down' : undefined);
    expect(await harvest.run(clock.elapsed() + DAY, never)).toMatchObject({
      added: PAGE,
      isUnfinished: true,
    });
    await expect(harvest.run(clock.elapsed() + DAY, never)).rejects.toThrow('a web page instead of data');
    expect(storedIds()).toHaveLength(PAGE);
  });

  it('waits as long as the server asks for, also in between runs', async () => {
    const { faults, harvest, clock, times } = await openHarvesting(oaiPapers(600));
    faults.next = (number) => (number > 1 ? 'closed' : undefined);
    const closed = harvest.run(clock.elapsed() + DAY, never);
    await expect(closed).rejects.toMatchObject({ kind: 'unreachable', retryAfterMs: 3_600_000 });
    expect(times).toHaveLength(2);
  });

  it.each<OaiFault>(['busy', 'limited', 'down', 'cut', 'drop', 'forget'])(
    'survives each second answer being: %s',
    async (fault) => {
      const all = oaiPapers(1_500);
      const { faults, readAll, storedIds } = await openHarvesting(all);
      faults.next = (number) => (number % 2 === 0 ? fault : undefined);
      await readAll();
      expect(storedIds()).toEqual(idsOf(all));
    },
  );

  it('survives all of them at random, and changes of the papers meanwhile', async () => {
    const all = oaiPapers(2_000);
    const { faults, remote, clock, harvest, storedIds, store } = await openHarvesting(all);
    const random = seededRandom(5);
    const kinds: readonly OaiFault[] = ['busy', 'limited', 'down', 'cut', 'drop', 'forget', 'repeat', 'end'];
    faults.next = () => {
      const index = Math.floor(random() * 2_000);
      if (random() < 0.2) remote.put(oaiPaper(index, clock.now().toISOString().slice(0, 10)));
      return random() < 0.3 ? kinds[Math.floor(random() * kinds.length)] : undefined;
    };
    let failures = 0;
    for (let done = false; !done; ) {
      done = await harvest.run(clock.elapsed() + 600_000, never).then(
        ({ isUnfinished }) => !isUnfinished,
        () => {
          failures += 1;
          clock.pass(600_000);
          return false;
        },
      );
      expect(failures).toBeLessThan(50);
    }
    expect(storedIds()).toEqual(idsOf(all));
    expect((await store.missing('all')).count).toBe(0);
  });
});

describe('the changes after it', () => {
  it('bring new papers and new versions, with a list from two days before the last', async () => {
    const { clock, remote, readAll, papers, server } = await openHarvesting(oaiPapers(600));
    await readAll();
    clock.pass(DAY);
    const before = server.requests.length;
    const versions = [{ date: 'Mon, 05 Jan 2015 10:00:00 GMT' }, { date: 'Tue, 01 Sep 2026 10:00:00 GMT' }];
    remote.put(oaiPaper(7, '2026-09-02', { title: 'A New Title', versions }), oaiPaper(5_000, '2026-09-02'));
    await readAll();
    expect(server.requests.slice(before).map(({ query }) => [query.get('verb'), query.get('from')])).toEqual([
      ['ListRecords', '2026-08-30'],
      ['ListIdentifiers', '2026-08-30'],
    ]);
    expect(await papers.find(oaiId(7))).toMatchObject({
      title: 'A New Title',
      version: 2,
      published: '2015-01-05T10:00:00.000Z',
      updated: '2026-09-01T10:00:00.000Z',
    });
    expect(await papers.find(oaiId(5_000))).toBeDefined();
  });

  it('bring withdrawals, by their mark or by the comment, and keep deleted papers as withdrawn', async () => {
    const { clock, remote, readAll, papers } = await openHarvesting(oaiPapers(600));
    await readAll();
    clock.pass(DAY);
    const [first, last] = [
      { date: 'Mon, 05 Jan 2015 10:00:00 GMT' },
      { date: 'Tue, 01 Sep 2026 10:00:00 GMT' },
    ];
    remote.put(
      oaiPaper(1, '2026-09-02', { versions: [first, { ...last, sourceType: 'I' }] }),
      oaiPaper(2, '2026-09-02', {
        versions: [first, last],
        comments: 'Withdrawn by the author: a gap in Lemma 3',
      }),
      oaiPaper(3, '2026-09-02', { isDeleted: true }),
      oaiPaper(4, '2026-09-02', { versions: [first, { ...last, sourceType: 'I' }, last] }),
    );
    await readAll();
    const withdrawn = await papers.findMany([1, 2, 3, 4].map(oaiId));
    expect(withdrawn.map(({ withdrawnAt }) => withdrawnAt)).toEqual([
      '2026-09-01T10:00:00.000Z',
      '2026-09-01T10:00:00.000Z',
      '2026-09-02T00:00:00.000Z',
      undefined,
    ]);
  });

  it('are complete again after a year without the bot', async () => {
    const all = oaiPapers(600);
    const { clock, remote, readAll, storedIds, store } = await openHarvesting(all);
    await readAll();
    const more = Array.from({ length: 900 }, (_, index) =>
      oaiPaper(
        1_000 + index,
        new Date(Date.parse('2026-09-02') + Math.floor(index / 3) * DAY).toISOString().slice(0, 10),
      ),
    );
    remote.put(...more);
    clock.pass(365 * DAY);
    await readAll();
    expect(storedIds()).toEqual(idsOf([...all, ...more]));
    expect((await store.get('all'))?.completeTo).toBe('2027-09-01');
  });

  it('do not count as read if their list is empty, which it is until the server has prepared it', async () => {
    const { clock, readAll, store } = await openHarvesting(oaiPapers(600));
    await readAll();
    clock.pass(5 * DAY);
    expect(await readAll()).toMatchObject({ isEmpty: true });
    expect(await store.get('all')).toMatchObject({ phase: 'rest', completeTo: '2026-09-01' });
  });
});
