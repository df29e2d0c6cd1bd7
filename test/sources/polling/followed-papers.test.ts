import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../src/library/library-store.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import type { Poller } from '../../../src/sources/polling/poller.ts';
import { dailyHandler, queryHandler } from '../../fakes/sources/arxiv-papers.ts';
import { drop } from '../../fakes/sources/http-server.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { FEED, never, openPolling } from './harness.ts';

const QUERY = '/api/query';
const DAY = 86_400_000;
const HOUR = DAY / 24;
const ada = { platform: 'slack', workspace: 'T1', person: 'ada', team: 'slack:T1' };

const v1: PaperRecord = {
  id: '2603.00001',
  version: 1,
  title: 'Routing Tokens',
  abstract: 'Large models are slow. We propose a router. It reaches 89.7% on CIFAR.',
  authors: ['Ada Lovelace', 'Alan Turing'],
  categories: ['cs.LG'],
  published: '2026-03-01T10:00:00Z',
  updated: '2026-03-01T10:00:00Z',
  comment: '9 pages',
};
const v2: PaperRecord = {
  ...v1,
  version: 2,
  abstract: v1.abstract.replace('89.7%', '91.2%'),
  updated: '2026-03-12T10:00:00Z',
};
const V2 = 'v2: in the abstract, “reaches 89.7%” is now “reaches 91.2%”';

/** A stored paper that a person saved, and another one that nobody did. */
async function open() {
  const frame = await openPolling(['arxiv'], '2026-03-13T12:00:00.000Z');
  const online = new Map([[v1.id ?? '', v1]]);
  frame.server.on(QUERY, queryHandler(online));
  frame.server.on(FEED, dailyHandler('2026-03-13', []));
  const other = { ...v1, id: '2603.00002', title: 'Other' };
  await frame.papers.importBatch([v1, other], { source: 'arxiv', at: '2026-03-02T00:00:00.000Z' });
  await openLibrary(frame.connection).save(ada, '2603.00001', '2026-03-03T00:00:00.000Z');
  const queried = () =>
    frame.server.requests.filter(({ path }) => path === QUERY).map(({ query }) => query.get('id_list'));
  const sentences = async () => (await frame.changes.since(0, 100)).map(({ sentence }) => sentence);
  return { ...frame, online, other, queried, sentences, poller: frame.start() };
}

/** Runs a round while arXiv's pauses of three seconds pass. */
async function tick(poller: Poller, clock: FakeClock) {
  let isDone = false;
  const round = poller.tick(never).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await Promise.race([round, clock.sleeping()]);
    if (!isDone) await clock.advance(3_000);
  }
  return round;
}

describe('a new version that arXiv announces', () => {
  it('of a saved paper is told once, although the announcement comes again', async () => {
    const { server, clock, online, queried, sentences, poller } = await open();
    online.set('2603.00001', v2);
    const announcement = dailyHandler('2026-03-13', [{ paper: v2, type: 'replace' }]);
    server.on(FEED, announcement);
    await tick(poller, clock);
    expect(queried()[0]).toBe('2603.00001');
    await clock.advance(DAY);
    await tick(poller, clock);
    expect(await sentences()).toEqual([V2]);
  });

  it('of a saved paper is told from the announcement if the query API does not respond', async () => {
    const { server, clock, sentences, poller } = await open();
    server.on(FEED, dailyHandler('2026-03-13', [{ paper: v2, type: 'replace-cross' }]));
    server.on(QUERY, drop);
    await tick(poller, clock);
    expect(await sentences()).toEqual([V2]);
  });

  it('that withdraws a saved paper is told with the reason, which only the query API has', async () => {
    const { server, clock, online, sentences, poller } = await open();
    const gone = {
      ...v1,
      version: 2,
      updated: v2.updated ?? '',
      comment: 'Withdrawn due to an error in Lemma 3',
    };
    online.set('2603.00001', gone);
    server.on(FEED, dailyHandler('2026-03-13', [{ paper: gone, type: 'replace' }]));
    await tick(poller, clock);
    expect(await sentences()).toEqual(['Withdrawn by the authors: “Withdrawn due to an error in Lemma 3”']);
  });

  it('updates a stored paper that nobody saved, and adds no paper', async () => {
    const { server, clock, papers, other, sentences, poller } = await open();
    const [next, unknown] = [
      { ...other, version: 2, title: 'Another' },
      { ...v2, id: '2603.00003', title: 'New' },
    ];
    server.on(
      FEED,
      dailyHandler('2026-03-13', [
        { paper: next, type: 'replace' },
        { paper: unknown, type: 'replace' },
      ]),
    );
    await tick(poller, clock);
    expect(await papers.find('2603.00002')).toMatchObject({ version: 2, title: 'Another' });
    expect(await papers.find('2603.00003')).toBeUndefined();
    expect(await sentences()).toEqual([]);
  });
});

describe('saved papers', () => {
  it('are checked with arXiv once a week, for news that announcements leave out', async () => {
    const { clock, online, queried, sentences, poller } = await open();
    await tick(poller, clock);
    expect(queried()).toEqual(['2603.00001']);
    online.set('2603.00001', { ...v1, doi: '10.1/x', journalRef: 'Nature 1' });
    for (let hour = 0; hour < 7 * 24; hour += 6) {
      await clock.advance(6 * HOUR);
      await tick(poller, clock);
    }
    expect(queried()).toEqual(['2603.00001', '2603.00001']);
    expect(await sentences()).toEqual(['Published in Nature 1 (doi 10.1/x)']);
  });

  it('are checked a hundred at a time, those never checked first', async () => {
    const { clock, connection, papers, queried, poller } = await open();
    const ids = Array.from({ length: 150 }, (_, at) => `2603.1${String(at).padStart(4, '0')}`);
    const records = ids.map((id) => ({ ...v1, id, title: `Paper ${id}` }));
    await papers.importBatch(records, { source: 'arxiv', at: '2026-03-02T00:00:00.000Z' });
    const library = openLibrary(connection);
    for (const id of ids) await library.save(ada, id, '2026-03-04T00:00:00.000Z');
    await tick(poller, clock);
    await clock.advance(2 * HOUR);
    await tick(poller, clock);
    await clock.advance(2 * HOUR);
    await tick(poller, clock);
    const batches = queried().map((list) => list?.split(',') ?? []);
    expect(batches.map(({ length }) => length)).toEqual([100, 51]);
    expect(new Set(batches.flat()).size).toBe(151);
  });

  it('are checked in turn even if arXiv rejects a request', async () => {
    const { server, clock, state, queried, poller } = await open();
    server.on(QUERY, (_, response) => {
      response.writeHead(400, { 'content-type': 'application/atom+xml' });
      response.end(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format</summary></entry></feed>',
      );
    });
    await tick(poller, clock);
    expect((await state.get('arxiv', 'saved'))?.error).toContain('incorrect id format');
    await clock.advance(DAY);
    await tick(poller, clock);
    expect(queried()).toEqual(['2603.00001']);
  });
});
