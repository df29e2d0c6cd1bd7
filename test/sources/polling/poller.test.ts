import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openHuggingFaceSource } from '../../../src/sources/hugging-face/hugging-face-source.ts';
import { openPoller } from '../../../src/sources/polling/poller.ts';
import type { Day } from '../../../src/time/clock.ts';
import { answer, drop, type Handler, json } from '../../fakes/sources/http-server.ts';
import { LIST, listRow, never, openPolling } from './harness.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** After the first votes of past days, which a new database fetches. */
async function openFresh() {
  const frame = await openPolling(['hugging-face']);
  frame.lists.set('2026-03-13', [listRow('2603.00001', 5)]);
  const poller = frame.start();
  await poller.tick(never);
  const before = frame.server.requests.length;
  return { ...frame, poller, asked: () => frame.asked().slice(before) };
}

describe('a new database', () => {
  it('gets the list of today and of the last fourteen weekdays', async () => {
    const { papers, lists, asked, start } = await openPolling(['hugging-face']);
    const weekend = (day: Day) => [0, 6].includes(new Date(day).getUTCDay());
    for (let back = 0; back < 40; back++) {
      const day = new Date(Date.parse('2026-03-13') - back * 24 * HOUR).toISOString().slice(0, 10);
      if (!weekend(day)) lists.set(day, [listRow(`2603.${String(back).padStart(5, '0')}`, 1)]);
    }
    const report = await start().tick(never);
    expect(report).toEqual({
      did: [
        { source: 'hugging-face', key: 'latest', added: 1, updated: 0 },
        { source: 'hugging-face', key: 'votes', added: 14, updated: 0 },
      ],
      failed: [],
    });
    // Fourteen weekdays go back to Monday, 23 February.
    expect(asked().at(-1)).toBe('2026-02-23');
    expect((await papers.counts()).listDays).toBe(15);
  });

  it('sends a limited number of requests to a source without lists', async () => {
    const { asked, start } = await openPolling(['hugging-face']);
    expect((await start().tick(never)).failed).toEqual([]);
    expect(asked()).toHaveLength(2 + 24);
  });
});

describe('the newest list', () => {
  it('is fetched every hour, only if it changed, with new votes', async () => {
    const { clock, papers, lists, asked, poller } = await openFresh();
    await clock.advance(59 * MINUTE);
    expect(await poller.tick(never)).toEqual({ did: [], failed: [] });
    expect(asked()).toEqual([]);
    lists.set('2026-03-13', [listRow('2603.00001', 15), listRow('2603.00002', 1)]);
    await clock.advance(MINUTE);
    await poller.tick(never);
    expect(asked()).toEqual(['2026-03-13']);
    expect((await papers.find('2603.00001'))?.votes).toBe(15);
    expect((await papers.history('2603.00001')).snapshots.map(({ votes }) => votes)).toEqual([5, 15]);
    await clock.advance(HOUR);
    expect((await poller.tick(never)).did).toEqual([
      { source: 'hugging-face', key: 'latest', added: 0, updated: 0 },
    ]);
  });

  it('that is still empty lets yesterday’s be fetched again', async () => {
    const { clock, lists, asked, poller } = await openFresh();
    lists.delete('2026-03-13');
    await clock.advance(HOUR);
    await poller.tick(never);
    expect(asked()).toEqual(['2026-03-13', '2026-03-12']);
  });

  it('is fetched with those of all missed days, at most a year', async () => {
    const { clock, asked, start, poller } = await openFresh();
    await clock.advance(3 * 24 * HOUR);
    await poller.tick(never);
    expect(asked().slice(0, 4)).toEqual(['2026-03-13', '2026-03-14', '2026-03-15', '2026-03-16']);
    const before = asked().length;
    await clock.advance(60 * 24 * HOUR);
    await start().tick(never);
    expect(asked().slice(before, before + 61)).toEqual(
      Array.from({ length: 61 }, (_, index) =>
        new Date(Date.UTC(2026, 2, 16 + index)).toISOString().slice(0, 10),
      ),
    );
    const between = asked().length;
    await clock.advance(500 * 24 * HOUR);
    await start().tick(never);
    expect(asked()[between]).toBe('2026-09-26');
  });

  it('keeps its schedule after a restart', async () => {
    const { clock, asked, start } = await openFresh();
    await clock.advance(30 * MINUTE);
    await start().tick(never);
    expect(asked()).toEqual([]);
    await clock.advance(30 * MINUTE);
    await start().tick(never);
    expect(asked()).toEqual(['2026-03-13']);
  });

  it('is not scheduled for years ahead if the clock was wrong', async () => {
    const { state, asked, poller } = await openFresh();
    await state.succeeded('hugging-face', 'latest', {
      at: '2031-01-01T00:00:00.000Z',
      nextAt: '2031-01-01T01:00:00.000Z',
    });
    await poller.tick(never);
    expect(asked()).toEqual(['2026-03-13']);
  });
});

describe('good data from a source', () => {
  it.each<[string, Handler, string | undefined]>([
    ['an empty list', json([]), undefined],
    [
      'truncated JSON',
      answer('application/json', '[{"paper":'),
      'Hugging Face returned incomplete or damaged JSON.',
    ],
    [
      'HTML with status 200',
      answer('text/html', '<html></html>'),
      'Hugging Face returned a web page instead of data.',
    ],
    [
      'rows of another shape',
      json([{ id: 7 }]),
      'Hugging Face returned rows in an unknown format: paper is missing or has the wrong type.',
    ],
    ['a dropped connection', drop, 'Hugging Face could not be reached: the connection was closed.'],
  ])('is never replaced by %s', async (_, handler, error) => {
    const { server, clock, papers, state, poller } = await openFresh();
    const [good, history] = [await papers.find('2603.00001'), await papers.history('2603.00001')];
    server.on(LIST, handler);
    await clock.advance(HOUR);
    const report = await poller.tick(never);
    expect(report.failed.map((failure) => failure.error)).toEqual(error === undefined ? [] : [error]);
    expect(await papers.find('2603.00001')).toEqual(good);
    expect(await papers.history('2603.00001')).toEqual(history);
    expect((await state.get('hugging-face', 'day:2026-03-13'))?.etag).toBeDefined();
  });

  it('of other days is stored even if one day’s list is broken', async () => {
    const { server, clock, papers, lists, serveLists, poller } = await openFresh();
    lists.set('2026-03-15', [listRow('2603.00015', 1)]);
    server.on(LIST, (request, response) =>
      (request.query.get('date') === '2026-03-14' ? answer('application/json', '[') : serveLists)(
        request,
        response,
      ),
    );
    await clock.advance(2 * 24 * HOUR);
    const { failed } = await poller.tick(never);
    expect(failed[0]).toMatchObject({ key: 'latest' });
    expect(await papers.find('2603.00015')).toBeDefined();
  });
});

describe('failures of a source', () => {
  it('are retried after longer and longer waits, and reported once, as is the recovery', async () => {
    const { server, clock, lines, serveLists, poller, asked } = await openFresh();
    server.on(LIST, drop);
    await clock.advance(HOUR);
    for (const minutes of [5, 10, 20]) {
      expect((await poller.tick(never)).failed).toHaveLength(1);
      await clock.advance((minutes - 1) * MINUTE);
      expect(await poller.tick(never)).toEqual({ did: [], failed: [] });
      await clock.advance(MINUTE);
    }
    // Three attempts each.
    expect(asked()).toHaveLength(9);
    server.on(LIST, serveLists);
    expect((await poller.tick(never)).did).toHaveLength(1);
    expect(lines).toMatchObject([
      {
        level: 30,
        msg: 'source: outage began',
        sources: ['hugging-face'],
        reason: 'Hugging Face could not be reached: the connection was closed.',
      },
      { level: 30, msg: 'source: outage ended', sources: ['hugging-face'] },
    ]);
  });

  it('are retried after the time that the source asks for', async () => {
    const { server, clock, state, poller } = await openFresh();
    server.on(LIST, json({}, { status: 429, headers: { 'retry-after': '7200' } }));
    await clock.advance(HOUR);
    await poller.tick(never);
    expect((await state.get('hugging-face', 'latest'))?.nextAt).toBe('2026-03-13T15:00:00.000Z');
  });

  it('that are bugs of the program are logged as errors, and do not stop other sources', async () => {
    const { clock, context, lines } = await openFresh();
    const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const { jobs } = openHuggingFaceSource({ endpoint: 'not an address', clock });
    const poller = openPoller({ ...context, jobs: jobs(context), clock, log });
    await clock.advance(25 * HOUR);
    expect((await poller.tick(never)).failed.map(({ key }) => key)).toEqual(['latest', 'votes']);
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(2);
  });
});

describe('a tick of the poller', () => {
  it('during another one joins it', async () => {
    const { clock, asked, poller } = await openFresh();
    await clock.advance(HOUR);
    const [first, second] = await Promise.all([poller.tick(never), poller.tick(never)]);
    expect(first).toBe(second);
    expect(asked()).toEqual(['2026-03-13']);
  });

  it('that is cancelled is not a failure, and its work is still due', async () => {
    const { server, clock, state, lines, poller } = await openFresh();
    const stop = new AbortController();
    server.on(LIST, () => stop.abort(new Error('stopping')));
    await clock.advance(HOUR);
    expect(await poller.tick(stop.signal)).toEqual({ did: [], failed: [] });
    expect(await state.get('hugging-face', 'latest')).toMatchObject({
      failures: 0,
      nextAt: '2026-03-13T13:00:00.000Z',
    });
    expect(lines).toEqual([]);
  });
});
