/** Redirects of a source: only to itself. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { openEndpoint } from '../../../src/search/embedders/endpoint.ts';
import { openArxiv } from '../../../src/sources/arxiv/arxiv.ts';
import {
  type Following,
  isPrivateAddress,
  mayLead,
  openFollowing,
} from '../../../src/sources/http/following.ts';
import { fetchText, type HttpRequest } from '../../../src/sources/http/http.ts';
import { openHuggingFace } from '../../../src/sources/hugging-face/hugging-face.ts';
import { openSemanticScholar } from '../../../src/sources/semantic-scholar/semantic-scholar.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { type Handler, json, openHttpServer } from '../../fakes/sources/http-server.ts';

const PAPER: Paper = {
  id: '2605.00001',
  title: 'T',
  abstract: 'A',
  authors: [],
  categories: [],
  keywords: [],
};

const lead =
  (location: string, status = 302): Handler =>
  (_, response) =>
    void response.writeHead(status, { location }).end();

const request = (url: string, more: Partial<HttpRequest> = {}, fetching?: Following) =>
  fetchText({ source: 'Example', url, format: 'json', ...more }, systemClock, fetching);

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('to another path on the same host is followed (%i)', async (status) => {
    const server = await openHttpServer();
    server.on('/old', lead('/new?p=1', status));
    server.on('/new', json(['here']));
    expect((await request(`${server.url}/old`, { headers: { authorization: 'Bearer t' } })).text).toBe(
      '["here"]',
    );
    expect(server.requests[1]?.headers.authorization).toBe('Bearer t');
  });

  it('with a body is followed only if the request stays the same', async () => {
    const server = await openHttpServer();
    server.on('/kept', lead('/new', 307));
    server.on('/changed', lead('/new', 302));
    server.on('/new', json([]));
    await request(`${server.url}/kept`, { body: { ids: [1] } });
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', body: '{"ids":[1]}' });
    await expect(request(`${server.url}/changed`, { body: { ids: [1] } })).rejects.toThrow(
      'drops the request body',
    );
    expect(server.requests).toHaveLength(3);
  });

  it('to another port, host or scheme is not followed, and no request is sent there', async () => {
    const [server, other] = [await openHttpServer(), await openHttpServer()];
    other.on('/data', json(['evil']));
    const { port } = new URL(server.url);
    const targets = [
      `${other.url}/data`,
      `//127.0.0.2:${port}/data`,
      `http://localhost:${port}/data`,
      `https://127.0.0.1:${port}/data`,
      'https://arxiv.org/data',
      'http://169.254.169.254/latest/meta-data',
      'ftp://127.0.0.1/x',
      'file:///etc/passwd',
      'data:application/json,[]',
      'http://',
    ];
    for (const channel of targets) {
      server.on('/data', lead(channel));
      await expect(request(`${server.url}/data`), channel).rejects.toThrow(/^Example redirected to /);
    }
    expect(other.requests).toEqual([]);
  });

  it('in a loop ends', async () => {
    const server = await openHttpServer();
    server.on('/data', lead('/data'));
    await expect(request(`${server.url}/data`)).rejects.toThrow('6 times in a row');
    expect(server.requests).toHaveLength(6);
  });
});

describe('a redirect of a source', () => {
  it.each([
    ['http://export.arxiv.org/api/query', 'https://export.arxiv.org/api/query'],
    ['https://export.arxiv.org/api/query', 'https://arxiv.org/api/query'],
    ['http://rss.arxiv.org/atom', 'https://www.arxiv.org/atom'],
    ['https://hf.co/api', 'https://huggingface.co/api'],
    ['https://mirror.example:8443/a', 'https://mirror.example:8443/b'],
  ])('may go from %s to %s', (from, to) => expect(mayLead(new URL(from), new URL(to))).toBe(true));

  it.each([
    ['https://export.arxiv.org/api', 'http://export.arxiv.org/api'],
    ['https://export.arxiv.org/api', 'http://arxiv.org/api'],
    ['https://export.arxiv.org/api', 'https://arxiv.org:8443/api'],
    ['https://export.arxiv.org/api', 'https://evilarxiv.org/api'],
    ['https://export.arxiv.org/api', 'https://arxiv.org.evil.example/api'],
    ['https://export.arxiv.org/api', 'https://huggingface.co/api'],
    ['https://huggingface.co/api', 'https://evil.huggingface.co/api'],
    ['http://mirror.example/a', 'https://other.example/a'],
    ['http://mirror.example:8080/a', 'https://mirror.example/a'],
    ['https://mirror.example/a', 'https://arxiv.org/a'],
  ])('may not go from %s to %s', (from, to) => expect(mayLead(new URL(from), new URL(to))).toBe(false));
});

describe('a source with redirects to another host', () => {
  it('is not followed there for lists, batches or embeddings', async () => {
    const [server, other] = [await openHttpServer(), await openHttpServer()];
    for (const path of ['/api/daily_papers', '/graph/v1/paper/batch', '/api/query', '/v1/embeddings']) {
      server.on(path, lead(`${other.url}${path}`, 307));
    }
    const options = { clock: systemClock, retryDelayMs: 0 };
    const arxiv = openArxiv({
      apiUrl: server.url,
      rssUrl: `${server.url}/atom`,
      oaiUrl: server.url,
      ...options,
    });
    onTestFinished(() => arxiv.close());
    const signal = new AbortController().signal;
    const asked = [
      openHuggingFace({ endpoint: server.url, token: 'secret', ...options }).day('2026-05-28'),
      openSemanticScholar({ url: server.url, apiKey: 'secret', ...options }).enrich([PAPER], signal),
      arxiv.query({ ids: ['2605.00001'] }),
      openEndpoint({ baseUrl: `${server.url}/v1`, apiKey: 'secret', model: 'm', ...options }).embed(
        [{ title: 'a', abstract: 'b' }],
        'question',
        signal,
      ),
    ];
    for (const { status, ...outcome } of await Promise.allSettled(asked)) {
      expect([status, String('reason' in outcome && outcome.reason)]).toEqual([
        'rejected',
        expect.stringContaining('which is another server'),
      ]);
    }
    expect(other.requests).toEqual([]);
  });
});

/** A server at that address and port, and the requests it received. */
async function listenAt(host: string, port: number, listener: RequestListener) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.host ?? '');
    listener(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

/** Resolves names as the test says, some of them to private addresses. */
function named(names: Record<string, string>) {
  const lookup: LookupFunction = (hostname, options, callback) => {
    const address = names[hostname] ?? '';
    if (options.all) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  };
  return openFollowing({ lookup, isPrivate: (address) => address === '127.0.0.2' });
}

describe('a host name', () => {
  it('that changes to a private address between requests is refused', async () => {
    const names = { 'source.example': '127.0.0.1' };
    const home = await listenAt('127.0.0.1', 0, (_, response) => {
      names['source.example'] = '127.0.0.2';
      response.writeHead(302, { location: '/inside', connection: 'close' }).end();
    });
    const inside = await listenAt('127.0.0.2', home.port, (_, response) => void response.end('["secret"]'));
    await expect(request(`http://source.example:${home.port}/`, {}, named(names))).rejects.toThrow(
      'it redirected to a private address',
    );
    expect([home.seen.length, inside.seen]).toEqual([1, []]);
  });

  it('that was configured with a private address may redirect to itself', async () => {
    const following = named({ 'mirror.lan': '127.0.0.2' });
    const { port } = await listenAt('127.0.0.2', 0, ({ url }, response) => {
      if (url === '/data') response.end('["mine"]');
      else response.writeHead(302, { location: '/data', connection: 'close' }).end();
    });
    expect((await request(`http://mirror.lan:${port}/`, {}, following)).text).toBe('["mine"]');
  });
});

describe('an IP address', () => {
  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.8.8.8', '169.254.169.254', '172.16.0.1'],
    ...['172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::1', '::ffff:0:192.168.0.1'],
    ...['2002:7f00:1::', 'fec0::1', '::ffff:7f00:1'],
    ...['::', '::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each([
    ...['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '192.167.1.1'],
    ...[
      '193.0.0.1',
      '223.255.255.255',
      '2606:4700::1111',
      '::ffff:1.1.1.1',
      '64:ff9b::1.1.1.1',
      'arxiv.org',
      '',
    ],
  ])('%s is not private', (address) => expect(isPrivateAddress(address)).toBe(false));
});
