import { describe, expect, it } from 'vitest';
import { atom, type Handler, json } from '../../fakes/sources/http-server.ts';
import { readFixture } from '../../support/fixtures.ts';
import { FEED, never, openPolling } from './harness.ts';

const HOUR = 3_600_000;

describe('arXiv’s daily announcements', () => {
  it('are fetched once a day after their hour, and never around midnight UTC', async () => {
    const { server, clock, papers, start } = await openPolling(['arxiv'], '2026-03-12T23:45:00.000Z');
    const times: string[] = [];
    server.on(FEED, (request, response) => {
      times.push(clock.now().toISOString().slice(8, 16));
      return atom(readFixture('arxiv/daily.synthetic.xml'))(request, response);
    });
    const poller = start();
    for (let hour = 0; hour < 54; hour++) {
      await poller.tick(never);
      await clock.advance(HOUR);
    }
    expect(times).toEqual(['13T04:45', '13T06:45', '14T06:45']);
    expect(await papers.find('2603.90001')).toMatchObject({
      categories: ['cs.LG', 'cs.CL'],
      published: '2026-03-13',
    });
  });

  it('do not change the date of a known paper', async () => {
    const { papers, start } = await openPolling(['arxiv']);
    const known = { id: '2603.90001', title: 'T', abstract: 'A', published: '2026-03-11T17:22:30.000Z' };
    await papers.importBatch([known], { source: 'hugging-face', at: '2026-03-12T00:00:00.000Z' });
    await start().tick(never);
    expect(await papers.find('2603.90001')).toMatchObject({
      title: 'Task Routing as Retrieval: A Synthetic Fixture',
      published: '2026-03-11T17:22:30.000Z',
    });
  });

  it('are requested with their ETag the next day', async () => {
    const { server, clock, start } = await openPolling(['arxiv']);
    const poller = start();
    await poller.tick(never);
    await clock.advance(24 * HOUR);
    await poller.tick(never);
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"d"']);
  });
});

describe('a day’s announcement from arXiv', () => {
  const feedOf = (day: string) =>
    atom(
      readFixture('arxiv/daily.synthetic.xml')
        .replaceAll('2026-03-13', day)
        .replaceAll('90001', `900${day.slice(8)}`),
      {
        headers: { etag: `"${day}"` },
      },
    );
  const empty = atom('<feed xmlns="http://www.w3.org/2005/Atom"></feed>');
  const unchanged: Handler = (_, response) => void response.writeHead(304).end();

  /**
   * Times of requests while the bot runs for this many hours. Each gets the next handler's response; the last
   * handler stays.
   */
  async function watch(from: string, hours: number, ...handlers: [Handler, ...Handler[]]) {
    const frame = await openPolling(['arxiv'], from);
    const times: string[] = [];
    frame.server.on(FEED, (request, response) => {
      times.push(frame.clock.now().toISOString().slice(8, 16));
      const [handler = empty] = handlers.length > 1 ? handlers.splice(0, 1) : handlers;
      return handler(request, response);
    });
    const poller = frame.start();
    for (let half = 0; half < 2 * hours; half++) {
      await poller.tick(never);
      await frame.clock.advance(HOUR / 2);
    }
    return { ...frame, times };
  }

  it.each<[string, Handler]>([
    ['an unchanged feed', unchanged],
    ['the feed of the day before', feedOf('2026-03-11')],
    ['an empty feed', empty],
  ])('that is late is requested each hour while there is %s', async (_, late) => {
    // Wednesday and Thursday.
    const [before, today] = [feedOf('2026-03-11'), feedOf('2026-03-12')];
    const { times, papers } = await watch('2026-03-11T12:00:00.000Z', 35, before, late, late, today);
    expect(times).toEqual(['11T12:00', '12T06:00', '12T07:00', '12T08:00']);
    expect((await papers.counts()).papers).toBe(2);
  });

  it('is awaited in a new database too', async () => {
    const { times } = await watch('2026-03-12T07:00:00.000Z', 12, feedOf('2026-03-11'), feedOf('2026-03-12'));
    expect(times).toEqual(['12T07:00', '12T08:00']);
  });

  it('that does not come, as on a holiday, is given up at 20:00 UTC until the next day', async () => {
    const { times } = await watch('2026-03-11T12:00:00.000Z', 46, feedOf('2026-03-11'), unchanged);
    const hours = Array.from({ length: 15 }, (_, at) => `12T${String(6 + at).padStart(2, '0')}:00`);
    expect(times).toEqual(['11T12:00', ...hours, '13T06:00', '13T07:00', '13T08:00', '13T09:00']);
  });

  it('is not expected on weekends', async () => {
    const { times } = await watch('2026-03-13T12:00:00.000Z', 66, feedOf('2026-03-13'), unchanged, empty);
    expect(times).toEqual(['13T12:00', '14T06:00', '15T06:00']);
  });

  it('that has come is not requested again, even if it had only known papers', async () => {
    const { times } = await watch('2026-03-12T05:00:00.000Z', 15, feedOf('2026-03-12'), unchanged);
    expect(times).toEqual(['12T05:00', '12T06:00']);
  });
});

describe('Semantic Scholar’s details', () => {
  const listed = (day: string, rank: number) => ({ day, rank, votes: 10 - rank, comments: 0 });

  it('are added once a day to the papers of the last 30 days’ lists, without changing their text', async () => {
    const { server, clock, papers, start } = await openPolling(['semantic-scholar']);
    server.on('/graph/v1/paper/batch', json([{ citationCount: 7, venue: 'ICML' }, null]));
    await papers.importBatch(
      [
        { id: '2603.00001', title: 'One', abstract: 'A', appearances: [listed('2026-03-11', 1)] },
        { id: '2603.00002', title: 'Two', abstract: 'B', appearances: [listed('2026-03-11', 2)] },
        { id: '2601.00003', title: 'Old', abstract: 'C', appearances: [listed('2026-02-10', 1)] },
      ],
      { source: 'hugging-face', at: '2026-03-12T00:00:00.000Z' },
    );
    const poller = start();
    expect((await poller.tick(never)).did).toEqual([
      { source: 'semantic-scholar', key: 'recent', added: 0, updated: 1 },
    ]);
    expect(await papers.find('2603.00001')).toMatchObject({ title: 'One', citations: 7, venue: 'ICML' });
    await clock.advance(23 * HOUR);
    await poller.tick(never);
    expect(server.requests.map(({ body }) => JSON.parse(body).ids)).toEqual([
      ['arXiv:2603.00001', 'arXiv:2603.00002'],
    ]);
  });
});
