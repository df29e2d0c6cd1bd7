import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { openHuggingFace, type PaperList } from '../../../src/sources/hugging-face/hugging-face.ts';
import { answer, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { readJsonFixture } from '../../support/fixtures.ts';

const NOW = '2026-03-13T12:00:00.000Z';
const LIST = '/api/daily_papers';

async function open(token?: string) {
  const server = await openHttpServer();
  const clock = fakeClock(NOW);
  const source = openHuggingFace({
    endpoint: server.url,
    clock,
    retryDelayMs: 0,
    ...(token !== undefined && { token }),
  });
  return { server, clock, source };
}

function row(number: number, listDay = '2026-03-13') {
  const id = `2603.${String(number).padStart(5, '0')}`;
  const dates = { publishedAt: '2026-03-12T00:00:00.000Z', submittedOnDailyAt: `${listDay}T00:00:00.000Z` };
  return {
    paper: { id, authors: [], title: `Paper ${number}`, summary: 'S', upvotes: 1, ...dates },
    numComments: 0,
  };
}

/** Rows `from` to `to`, inclusive. */
const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => row(from + index));

function listed(list: PaperList | 'unchanged'): PaperList {
  if (list === 'unchanged') throw new Error('a list was expected');
  return list;
}

describe('a day’s list from Hugging Face', () => {
  it('is requested by its day, in pages of a hundred', async () => {
    const { server, source } = await open();
    server.on(
      LIST,
      json(readJsonFixture('hugging-face/daily.synthetic.json'), { headers: { etag: '"v1"' } }),
    );
    const list = listed(await source.day('2026-03-13'));
    expect(list).toMatchObject({ at: NOW, etag: '"v1"', skipped: [] });
    expect(list.records.map(({ id }) => id)).toEqual(['2603.90001', '2603.90002']);
    expect(server.requests.map(({ query }) => query.toString())).toEqual(['date=2026-03-13&limit=100&p=0']);
  });

  it('continues past a hundred until a short page, with continuous ranks', async () => {
    const { server, source } = await open();
    server.on(LIST, json(rows(1, 100)), json(rows(101, 200)), json(rows(201, 203)));
    const { records } = listed(await source.day('2026-03-13'));
    expect(records).toHaveLength(203);
    expect(records[202]?.appearances?.[0]?.rank).toBe(203);
    expect(server.requests.map(({ query }) => query.get('p'))).toEqual(['0', '1', '2']);
  });

  it('ends at an empty page, counts a paper that moved between pages once, and ends for a source without pages', async () => {
    const { server, source } = await open();
    server.on(LIST, json(rows(1, 100)), json(rows(100, 199)), json([]));
    expect(listed(await source.day('2026-03-13')).records).toHaveLength(199);
    server.on(LIST, json(rows(1, 100)));
    expect(listed(await source.day('2026-03-12')).records).toHaveLength(100);
    expect(server.requests).toHaveLength(3 + 2);
  });

  it('may be empty', async () => {
    const { server, source } = await open();
    server.on(LIST, json([]));
    expect(await source.day('2026-03-08')).toEqual({ records: [], skipped: [], at: NOW });
  });

  it('is “unchanged” if the ETag is the same', async () => {
    const { server, source } = await open();
    server.on(LIST, (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 500);
      response.end();
    });
    expect(await source.day('2026-03-13', { etag: '"v1"' })).toBe('unchanged');
  });

  it.each([
    ['2026-03-14', '2026-03-14 is in the future. Use a day up to 2026-03-13.'],
    ['2026-02-30', '“2026-02-30” is not a day. Write it like 2026-05-29.'],
    ['yesterday', '“yesterday” is not a day. Write it like 2026-05-29.'],
  ])('is not requested for %s', async (day, message) => {
    const { server, source } = await open();
    await expect(source.day(day)).rejects.toEqual(new UserError(message));
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['truncated JSON', answer('application/json', '[{"paper":{"id":"26'), 'incomplete or damaged JSON'],
    ['HTML', answer('text/html', '<html></html>'), 'a web page instead of data'],
    ['an object', json({ error: 'x' }), 'something that is not a list'],
    [
      'rows of another shape',
      json([{ id: 1 }]),
      'rows in an unknown format: paper is missing or has the wrong type',
    ],
  ])('is never read from %s', async (_, handler, what) => {
    const { server, source } = await open();
    server.on(LIST, handler);
    await expect(source.day('2026-03-13')).rejects.toThrow(`Hugging Face returned ${what}.`);
  });

  it('is refused as a whole if a later page is broken', async () => {
    const { server, source } = await open();
    server.on(LIST, json(rows(1, 100)), answer('application/json', '['));
    await expect(source.day('2026-03-13')).rejects.toThrow('incomplete or damaged JSON');
  });
});

describe('lists of weeks and months from Hugging Face', () => {
  it('give each paper the day of its own list', async () => {
    const { server, source } = await open();
    server.on(LIST, json([row(1, '2026-02-24'), row(2, '2026-02-25'), row(3, '2026-02-24')]));
    const { records } = await source.week('2026-W09');
    const targets = records.map(({ appearances }) =>
      appearances?.map(({ day, rank }) => `${day} ${rank}`).join(),
    );
    expect(targets).toEqual(['2026-02-24 1', '2026-02-25 1', '2026-02-24 2']);
    await source.month('2026-02');
    expect(server.requests.map(({ query }) => query.get('week') ?? query.get('month'))).toEqual([
      '2026-W09',
      '2026-02',
    ]);
  });

  it('are not requested before they begin, or if there is no such week', async () => {
    const { server, source } = await open();
    await expect(source.week('2026-W12')).rejects.toThrow('2026-W12 is in the future.');
    await expect(source.week('2026-W54')).rejects.toThrow('“2026-W54” is not a week.');
    await expect(source.month('2026-04')).rejects.toThrow('2026-04 is in the future.');
    await expect(source.month('2026-13')).rejects.toThrow('“2026-13” is not a month.');
    expect(server.requests).toEqual([]);
  });
});

describe('a single paper from Hugging Face', () => {
  it('is found, or is missing without an error', async () => {
    const { server, source } = await open();
    server.on('/api/papers/2603.90001', json(readJsonFixture('hugging-face/paper.synthetic.json')));
    server.on(
      '/api/papers/2603.99999',
      json(readJsonFixture('hugging-face/paper-404.json'), { status: 404 }),
    );
    expect(await source.paper('2603.90001')).toMatchObject({ id: '2603.90001', votes: 131 });
    expect(await source.paper('2603.99999')).toBeUndefined();
  });
});

describe('the rate limit of Hugging Face', () => {
  it('is respected across all calls until the window ends', async () => {
    const { server, clock, source } = await open();
    server.on(LIST, json([], { headers: { ratelimit: '"api";r=2;t=120' } }), json([]));
    await source.day('2026-03-13');
    await expect(source.paper('2603.90001')).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 120_000,
    });
    await clock.advance(120_000);
    await source.day('2026-03-13');
    expect(server.requests).toHaveLength(2);
  });

  it('respects Retry-After after a 429', async () => {
    const { server, source } = await open();
    server.on(LIST, json({}, { status: 429, headers: { 'retry-after': '90' } }));
    await expect(source.day('2026-03-13')).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 90_000,
    });
    await expect(source.day('2026-03-13')).rejects.toThrow('Hugging Face asked for a pause until 12:01 UTC');
    expect(server.requests).toHaveLength(1);
  });

  it('is doubled by a token, which is sent and never shown', async () => {
    const { server, source } = await open('hf_secret');
    server.on(LIST, json({}, { status: 401 }));
    const error = await source.day('2026-03-13').catch((reason: unknown) => reason);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer hf_secret');
    expect(String(error)).toBe('SourceError: Hugging Face rejected the request (status 401).');
  });
});
