import { describe, expect, it } from 'vitest';
import { readFixture } from '../../support/fixtures.ts';
import { atom, json } from '../../support/http-server.ts';
import { FEED, never, openPolling } from './frame.ts';

const HOUR = 3_600_000;

describe('arXiv’s announcements', () => {
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

  it('do not change the date of a paper that was known', async () => {
    const { papers, start } = await openPolling(['arxiv']);
    const known = { id: '2603.90001', title: 'T', abstract: 'A', published: '2026-03-11T17:22:30.000Z' };
    await papers.importBatch([known], { source: 'hugging-face', at: '2026-03-12T00:00:00.000Z' });
    await start().tick(never);
    expect(await papers.find('2603.90001')).toMatchObject({
      title: 'Task Routing as Retrieval: A Synthetic Fixture',
      published: '2026-03-11T17:22:30.000Z',
    });
  });

  it('are asked for by their ETag the next day', async () => {
    const { server, clock, start } = await openPolling(['arxiv']);
    const poller = start();
    await poller.tick(never);
    await clock.advance(24 * HOUR);
    await poller.tick(never);
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"d"']);
  });
});

describe('enrichment', () => {
  it('adds citations to recent papers once a day without touching their words', async () => {
    const { server, clock, papers, start } = await openPolling(['semanticScholar']);
    server.on('/graph/v1/paper/batch', json([{ citationCount: 7, venue: 'ICML' }, null]));
    await papers.importBatch(
      [
        { id: '2603.00001', title: 'One', abstract: 'A' },
        { id: '2603.00002', title: 'Two', abstract: 'B' },
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
    expect(server.requests).toHaveLength(1);
  });
});
