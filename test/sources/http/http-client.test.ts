import { describe, expect, it } from 'vitest';
import { addressUnder, openHttpClient } from '../../../src/sources/http/http-client.ts';
import { drop, type Handler, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';

async function serve(...handlers: [Handler, ...Handler[]]) {
  const clock = fakeClock('2026-05-29T08:00:00Z');
  const server = await openHttpServer();
  server.on('/data', ...handlers);
  const request = openHttpClient({
    source: 'Example',
    connections: 1,
    everyMs: 0,
    pauseMs: 60_000,
    clock,
    random: () => 0.5,
  });
  return {
    server,
    clock,
    request: (signal = new AbortController().signal) =>
      request({ url: `${server.url}/data`, format: 'json', signal }),
  };
}

const broken = json({}, { status: 502 });

describe('a request', () => {
  it('survives a short outage: a 5xx, then a dropped socket, then the response', async () => {
    const { server, clock, request } = await serve(broken, drop, json(['good']));
    const asked = request();
    await clock.sleeping();
    await clock.advance(1_499);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    await clock.sleeping();
    await clock.advance(2_999);
    expect(server.requests).toHaveLength(2);
    await clock.advance(1);
    expect((await asked).text).toBe('["good"]');
    expect(server.requests).toHaveLength(3);
  });

  it('fails after three attempts', async () => {
    const { server, clock, request } = await serve(broken);
    const ended = expect(request()).rejects.toThrow('Example is down (status 502).');
    for (const pause of [1_500, 3_000]) {
      await clock.sleeping();
      await clock.advance(pause);
    }
    await ended;
    expect(server.requests).toHaveLength(3);
  });

  it('ends when the caller gives up between two attempts', async () => {
    const { server, clock, request } = await serve(broken);
    const controller = new AbortController();
    const ended = expect(request(controller.signal)).rejects.toThrow('enough');
    await clock.sleeping();
    controller.abort(new Error('enough'));
    await ended;
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Handler]>([
    ['a refusal', json({}, { status: 403 })],
    ['a missing page', json({}, { status: 404 })],
    ['a request to slow down', json({}, { status: 429 })],
    ['an outage with a time to come back', json({}, { status: 503, headers: { 'retry-after': '300' } })],
    ['an unusable response', json([], { headers: { 'content-type': 'text/html' } })],
  ])('is not repeated after %s', async (_, handler) => {
    const { server, request } = await serve(handler);
    await expect(request()).rejects.toThrow('Example');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a URL', () => {
  it.each([
    ['https://export.arxiv.org', '/api/query', 'https://export.arxiv.org/api/query'],
    ['https://export.arxiv.org/', '/api/query', 'https://export.arxiv.org/api/query'],
    ['https://export.arxiv.org/api/query', '/api/query', 'https://export.arxiv.org/api/query'],
    [
      'https://api.example.org/graph/v1/',
      '/graph/v1/paper/batch',
      'https://api.example.org/graph/v1/paper/batch',
    ],
    ['http://127.0.0.1:1/mirror', '/api/query', 'http://127.0.0.1:1/mirror/api/query'],
    ['https://rss.arxiv.org/atom', '/atom/cs.LG+cs.CL', 'https://rss.arxiv.org/atom/cs.LG+cs.CL'],
  ])('joins %s with %s', (base, path, url) => {
    expect(addressUnder(base, path).href).toBe(url);
  });
});
