import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openArxiv } from '../../../src/sources/arxiv/arxiv.ts';
import { answer, atom, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { readFixture } from '../../support/fixtures.ts';

const QUERY = '/api/query';
const DAILY = '/atom/cs.LG+cs.CL';

async function open() {
  const server = await openHttpServer();
  const clock = fakeClock('2026-03-13T12:00:00Z');
  const arxiv = openArxiv({
    ...{ apiUrl: server.url, rssUrl: `${server.url}/atom`, oaiUrl: `${server.url}/oai` },
    clock,
    retryDelayMs: 0,
  });
  onTestFinished(() => arxiv.close());
  return { server, clock, arxiv };
}

describe('arXiv', () => {
  it('answers queries by words and by IDs', async () => {
    const { server, clock, arxiv } = await open();
    server.on(QUERY, atom(readFixture('arxiv/query.xml')), atom(readFixture('arxiv/entry.synthetic.xml')));
    const words = await arxiv.query({
      search: 'cat:cs.LG AND abs:"task routing"',
      start: 10,
      max: 5_000,
      sortBy: 'submittedDate',
    });
    expect(words.records).toHaveLength(10);
    const byId = arxiv.query({ ids: ['2603.90001', 'hep-th/9901001'] });
    await clock.sleeping();
    await clock.advance(3_000);
    expect((await byId).records[0]?.id).toBe('2603.90001');
    expect(server.requests.map(({ query }) => Object.fromEntries(query))).toEqual([
      {
        search_query: 'cat:cs.LG AND abs:"task routing"',
        start: '10',
        max_results: '2000',
        sortBy: 'submittedDate',
        sortOrder: 'descending',
      },
      { id_list: '2603.90001,hep-th/9901001', start: '0', max_results: '100' },
    ]);
  });

  it('returns its own error message for an invalid query, with any status', async () => {
    const { server, clock, arxiv } = await open();
    server.on(
      QUERY,
      atom(readFixture('arxiv/error.xml'), { status: 400 }),
      atom(readFixture('arxiv/error.xml')),
    );
    const refused = { kind: 'refused', message: 'arXiv rejected the query: incorrect id format for abc.' };
    await expect(arxiv.query({ ids: ['abc'] })).rejects.toMatchObject(refused);
    const again = arxiv.query({ ids: ['abc'] });
    await clock.sleeping();
    await clock.advance(3_000);
    await expect(again).rejects.toMatchObject(refused);
  });

  it('is requested at its pace across queries and feeds', async () => {
    const { server, clock, arxiv } = await open();
    server.on(QUERY, atom(readFixture('arxiv/nothing.xml')));
    server.on(DAILY, atom(readFixture('arxiv/daily.synthetic.xml'), { headers: { etag: '"d"' } }));
    await arxiv.query({ search: 'all:x' });
    const daily = arxiv.daily(['cs.LG', 'cs.CL']);
    await clock.sleeping();
    await clock.advance(2_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await daily).toMatchObject({ records: [{ id: '2603.90001' }], etag: '"d"' });
    expect(server.requests.map(({ path }) => path)).toEqual([QUERY, DAILY]);
  });

  it('is requested at its pace during retries', async () => {
    const { server, clock, arxiv } = await open();
    server.on(DAILY, json({}, { status: 500 }), atom(readFixture('arxiv/daily.synthetic.xml')));
    const daily = arxiv.daily(['cs.LG', 'cs.CL']);
    await clock.sleeping();
    expect(server.requests).toHaveLength(1);
    await clock.advance(3_000);
    await daily;
    expect(server.requests).toHaveLength(2);
  });

  it('has nothing new while the ETag is the same', async () => {
    const { server, arxiv } = await open();
    server.on(DAILY, (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"d"' ? 304 : 500);
      response.end();
    });
    expect(await arxiv.daily(['cs.LG', 'cs.CL'], { etag: '"d"' })).toBe('unchanged');
  });

  it.each([
    ['HTML with status 200', answer('text/html', '<html></html>'), 'a web page instead of data'],
    [
      'more than 20 MB',
      atom(' '.repeat(20 * 1024 * 1024 + 1)),
      'more than 20 MB, so its response was dropped',
    ],
  ])('does not count as empty because of %s', async (_, handler, what) => {
    const { server, arxiv } = await open();
    server.on(DAILY, handler);
    await expect(arxiv.daily(['cs.LG', 'cs.CL'])).rejects.toMatchObject({
      kind: 'broken-answer',
      message: `arXiv returned ${what}.`,
    });
  });

  it('does not count as empty because of a broken feed, and the next good one is read', async () => {
    const { server, clock, arxiv } = await open();
    const good = readFixture('arxiv/daily.synthetic.xml');
    server.on(
      DAILY,
      atom('<html><body>down</body></html>'),
      atom(good.slice(0, -20)),
      atom('<!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>'),
      atom(good),
    );
    for (const what of [
      'a web page instead of a feed',
      'incomplete or damaged XML',
      'XML that defines entities, which no feed needs',
    ]) {
      await expect(arxiv.daily(['cs.LG', 'cs.CL'])).rejects.toMatchObject({
        kind: 'broken-answer',
        message: `arXiv returned ${what}.`,
      });
      await clock.advance(3_000);
    }
    expect(await arxiv.daily(['cs.LG', 'cs.CL'])).toMatchObject({ records: [{ id: '2603.90001' }] });
  });

  // Parsed in this thread, it would block the loop for nearly all of that time. A busy machine lengthens
  // both.
  it('does not block the event loop with a feed of 18 MB', async () => {
    const { server, clock, arxiv } = await open();
    const feed = readFixture('arxiv/query.xml');
    const [head = '', ...entries] = feed.replace('</feed>', '').split(/(?=<entry>)/);
    server.on(
      QUERY,
      atom(readFixture('arxiv/nothing.xml')),
      atom(`${head}${entries.join('').repeat(750)}</feed>`),
    );
    await arxiv.query({ search: 'warm up the thread' });
    await clock.advance(3_000);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const { records } = await arxiv.query({ search: 'all:x' });
    const took = performance.now() - started;
    delay.disable();
    expect(records).toHaveLength(7_500);
    expect(delay.max / 1e6).toBeLessThan(took / 3);
  });
});
