import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fetchText, type HttpRequest, parseJson, USER_AGENT } from '../../../src/sources/http/http.ts';
import { SourceError } from '../../../src/sources/http/source-error.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { answer, drop, type Handler, json, openHttpServer } from '../../fakes/sources/http-server.ts';

const MB = 1024 * 1024;

async function serve(handler: Handler) {
  const server = await openHttpServer();
  server.on('/data', handler);
  const request = (more: Partial<HttpRequest> = {}) =>
    fetchText({ source: 'Example', url: `${server.url}/data`, format: 'json', ...more }, systemClock);
  return { server, request };
}

async function failureOf(work: Promise<unknown>): Promise<SourceError> {
  const error = await work.catch((reason: unknown) => reason);
  if (error instanceof SourceError) return error;
  throw new Error('no SourceError was thrown', { cause: error });
}

describe('a good response', () => {
  it('comes with its ETag and the remaining rate limit, for a request that names its client', async () => {
    const headers = { etag: '"v1"', ratelimit: '"api";r=12;t=30' };
    const { server, request } = await serve(json(['ü'], { headers }));
    expect(await request()).toEqual({
      status: 200,
      text: '["ü"]',
      etag: '"v1"',
      rateLimit: { remaining: 12, resetMs: 30_000 },
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': USER_AGENT,
      accept: 'application/json',
    });
  });

  it('is 304 and empty if nothing has changed', async () => {
    const { request } = await serve(({ headers }, response) => {
      response.writeHead(headers['if-none-match'] === '"v1"' ? 304 : 200, { etag: '"v1"' });
      response.end();
    });
    expect(await request({ etag: '"v1"' })).toEqual({ status: 304, text: '', etag: '"v1"' });
  });

  it('may lack a content type', async () => {
    const { request } = await serve((_, response) => void response.end('[]'));
    expect((await request()).text).toBe('[]');
  });
});

describe('a bad response is one error message for', () => {
  it.each<[string, Handler, Partial<HttpRequest>, SourceError['kind'], string]>([
    [
      'HTML with status 200',
      answer('text/html', '<html>Sign in</html>'),
      {},
      'broken-answer',
      'Example returned a web page instead of data.',
    ],
    [
      'a picture',
      answer('image/png', 'x'),
      { format: 'xml' },
      'broken-answer',
      'Example returned image/png instead of data.',
    ],
    [
      '404',
      json({}, { status: 404 }),
      {},
      'not-found',
      'Example found nothing at this address (status 404).',
    ],
    ['403', json({}, { status: 403 }), {}, 'refused', 'Example rejected the request (status 403).'],
    ['503', json({}, { status: 503 }), {}, 'unreachable', 'Example is down (status 503).'],
    [
      '304 to an unconditional request',
      json({}, { status: 304 }),
      {},
      'refused',
      'Example rejected the request (status 304).',
    ],
    [
      'latin-1 labelled as UTF-8',
      answer('application/json; charset=utf-8', Buffer.from('["W\u00FCbben"]', 'latin1')),
      {},
      'broken-answer',
      'Example returned text that is not UTF-8.',
    ],
    [
      'UTF-8 that ends inside a character',
      answer('application/json', Buffer.from('"ü"').subarray(0, 2)),
      {},
      'broken-answer',
      'Example returned text that is not UTF-8.',
    ],
    [
      'one byte too many',
      answer('application/json', 'x'.repeat(MB + 1)),
      { maxBytes: MB },
      'broken-answer',
      'Example returned more than 1 MB, so its response was dropped.',
    ],
    [
      'what only claims to be gzip',
      answer('application/json', 'hello', { headers: { 'content-encoding': 'gzip' } }),
      {},
      'broken-answer',
      'Example returned damaged compressed data.',
    ],
    ['a dropped socket', drop, {}, 'unreachable', 'Example could not be reached: the connection was closed.'],
    [
      'silence',
      () => {},
      { timeoutMs: 50 },
      'unreachable',
      'Example could not be reached: there was no complete response within 0.05 seconds.',
    ],
  ])('%s', async (_, handler, more, kind, message) => {
    const { request } = await serve(handler);
    const error = await failureOf(request(more));
    expect([error.kind, error.message]).toEqual([kind, message]);
  });

  it('a connection cut inside the body', async () => {
    const { request } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[1,', () => void response.socket?.destroy());
    });
    expect((await failureOf(request())).kind).toBe('unreachable');
  });

  it('a gzip stream that is cut off', async () => {
    const half = gzipSync(JSON.stringify([...Array(5000).keys()])).subarray(0, 2000);
    const { request } = await serve(
      answer('application/json', half, { headers: { 'content-encoding': 'gzip' } }),
    );
    const { text } = await request();
    expect(() => parseJson(text, 'Example')).toThrow('Example returned incomplete or damaged JSON.');
  });

  it('a server that cannot be reached', async () => {
    const { server, request } = await serve(json([]));
    await server.close();
    expect((await failureOf(request())).message).toBe(
      'Example could not be reached: the connection was refused.',
    );
  });

  it('a 429, with the waiting time from either header', async () => {
    const retryAfter = await serve(json({}, { status: 429, headers: { 'retry-after': '120' } }));
    const rateLimit = await serve(json({}, { status: 429, headers: { ratelimit: '"api";r=0;t=77' } }));
    expect(await failureOf(retryAfter.request())).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 120_000,
    });
    expect(await failureOf(rateLimit.request())).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 77_000,
    });
  });

  it('a request with a token, which it never contains', async () => {
    const { request } = await serve(drop);
    const error = await failureOf(request({ headers: { authorization: 'Bearer hf_secret' } }));
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('hf_secret');
  });

  it('a cancelled request, but keeps the reason of the caller', async () => {
    const { request } = await serve(() => {});
    const giveUp = new AbortController();
    const asking = request({ signal: giveUp.signal });
    giveUp.abort(new Error('enough'));
    await expect(asking).rejects.toThrow('enough');
  });
});

describe('an endless response', () => {
  it('is longer than the limit; one of exactly that length is not', async () => {
    const { request } = await serve(answer('application/json', 'x'.repeat(MB)));
    expect((await request({ maxBytes: MB })).text).toHaveLength(MB);
  });

  it('is cut off at the limit: a 1 GB stream sends a few megabytes and closes', async () => {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    let sent = 0;
    let closed: Promise<unknown> = Promise.resolve();
    const { request } = await serve(async (_, response) => {
      closed = once(response, 'close');
      response.writeHead(200, { 'content-type': 'application/json' });
      while (sent < 1024 * MB && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
      }
    });
    const error = await failureOf(request());
    expect(error.message).toBe('Example returned more than 4 MB, so its response was dropped.');
    await closed;
    // The limit, and the buffers of two sockets.
    expect(sent).toBeLessThan(24 * MB);
  });

  it('is cut off at the limit after decompression: a gzip bomb uses little memory', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * MB, 0x20));
    expect(bomb.length).toBeLessThan(MB);
    const { request } = await serve(
      answer('application/json', bomb, { headers: { 'content-encoding': 'gzip' } }),
    );
    const before = process.memoryUsage.rss();
    expect((await failureOf(request())).message).toMatch(/more than 4 MB/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * MB);
  });
});

describe('a JSON body', () => {
  it.each([
    ['[{"paper": {"id": "2603.9', 'Example returned incomplete or damaged JSON.'],
    ['  <!doctype html>', 'Example returned a web page instead of data.'],
    [' ', 'Example returned nothing.'],
  ])('that cannot be read is one error message: %s', (text, message) => {
    expect(() => parseJson(text, 'Example')).toThrow(new SourceError('broken-answer', message));
  });
});
