/** Serves a few plain-text pages to monitoring, the addresses of lists, and the page that ends a digest. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, UserError } from '../base/errors.ts';
import { createGuardedServer } from '../base/guarded-server.ts';
import type { Logger } from '../base/log.ts';

export interface Page {
  readonly status: 200 | 304 | 401 | 404 | 429 | 503;
  readonly text: string;
  /** Plain text by default. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param authorization header of the request */
export type OpenPage = (authorization?: string) => Promise<Page>;

/** By path. */
export type Pages = ReadonlyMap<string, OpenPage>;

/** Pages whose paths are not known in advance. @returns `undefined` for a path of no such page */
export type OtherPages = (
  path: string,
  headers: { readonly 'if-none-match'?: string | undefined },
) => Promise<Page> | undefined;

/** Answers any request to a path of its own. @returns false for other paths */
export type HandleRequest = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the server answers besides monitoring. */
export interface PublicRequests {
  readonly pages: OtherPages;
  readonly handleRequest?: HandleRequest | undefined;
}

export interface HttpServer {
  readonly port: number;
  /** Aborts requests in progress, because monitoring asks again. */
  stop(): Promise<void>;
}

/** Long enough for any probe, too short to hold connections open. */
const REQUEST_MS = 5_000;
/** Monitoring needs only a few. */
const MOST_WAITING = 100;
const PLAIN = 'text/plain; charset=utf-8';

/**
 * Listens on every interface, because in a container probes come from outside. No page for monitoring
 * shows a name or a secret.
 * @param port 0 chooses a free port
 * @throws UserError if the port is not available
 */
export async function startHttpServer(
  port: number,
  pages: Pages,
  log: Logger,
  { pages: others, handleRequest = () => false }: PublicRequests = { pages: () => undefined },
): Promise<HttpServer> {
  const limits = { mostWaiting: MOST_WAITING, requestMs: REQUEST_MS };
  const { server } = createGuardedServer(limits, (request, response) => {
    if (!handleRequest(request, response)) void answer(request, response, { pages, others, log });
  });
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw refusal(port, error);
  }
  server.on('error', (error) => log.error({ err: error }, 'health server: failed'));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { method, url = '', headers: asked }: IncomingMessage,
  response: ServerResponse,
  { pages, others, log }: { readonly pages: Pages; readonly others: OtherPages; readonly log: Logger },
): Promise<void> {
  const path = url.split('?', 1)[0] ?? '';
  const known = pages.get(path);
  const isRead = method === 'GET' || method === 'HEAD';
  const other = known || !isRead ? undefined : others(path, asked);
  const page = known ?? (other && (() => other));
  if (!page) return end(response, 404, 'Not found.\n');
  if (!isRead) {
    response.setHeader('allow', 'GET, HEAD');
    return end(response, 405, 'Only GET and HEAD.\n');
  }
  try {
    const { status, text, type, headers } = await page(asked.authorization);
    end(response, status, text, { ...(type !== undefined && { 'content-type': type }), ...headers });
  } catch (error) {
    log.error({ err: error }, 'health server: page failed');
    end(response, 503, 'Failed. See the log.\n');
  }
}

function end(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  // A response without a change has no body, and HEAD has the headers of the body that it leaves out.
  const length = status === 304 ? {} : { 'content-length': Buffer.byteLength(text) };
  response
    .writeHead(status, { 'content-type': PLAIN, 'cache-control': 'no-store', ...length, ...headers })
    .end(text);
}

function refusal(port: number, error: unknown): unknown {
  if (codeOf(error) === 'EADDRINUSE')
    return new UserError(`Port ${port} is in use by another program. Set HTTP_PORT to a free port.`);
  if (codeOf(error) === 'EACCES')
    return new UserError(`Not permitted to listen on port ${port}. Set HTTP_PORT to a port above 1023.`);
  return error;
}

// Protection by a bearer token: https://datatracker.ietf.org/doc/html/rfc6750

const SCHEME = /^Bearer +([\x21-\x7e]+)$/i;

export function behindToken(token: string, page: OpenPage): OpenPage {
  const expected = digest(token);
  return async (authorization = '') => {
    const [, given = ''] = SCHEME.exec(authorization) ?? [];
    if (timingSafeEqual(digest(given), expected)) return page();
    return {
      status: 401,
      text: 'Send METRICS_TOKEN as Authorization: Bearer …\n',
      headers: { 'www-authenticate': 'Bearer realm="paperboy metrics"' },
    };
  };
}

/** Hashes to equal lengths, which the comparison needs and which hides the token's length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
