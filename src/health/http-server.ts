/** A few pages of plain text for machines that watch the process. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, UserError } from '../base/errors.ts';
import { createGuardedServer } from '../base/guarded-server.ts';
import type { Logger } from '../base/log.ts';

export interface Page {
  readonly status: 200 | 401 | 503;
  readonly text: string;
  /** Plain text when absent. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param authorization what whoever asks sent under this name */
export type OpenPage = (authorization?: string) => Promise<Page>;

/** By path. */
export type Pages = ReadonlyMap<string, OpenPage>;

export interface HttpServer {
  readonly port: number;
  /** Cuts what is under way: whoever watches asks again. */
  stop(): Promise<void>;
}

/** Long enough for any line of a probe, too short to hold a connection for. */
const REQUEST_MS = 5_000;
/** A monitor and its probes need a handful. */
const MOST_WAITING = 100;
const PLAIN = 'text/plain; charset=utf-8';

/**
 * Listens on every interface: in a container the probes come from outside of it, and no page tells a name or a secret.
 * @param port 0 takes a free one
 * @throws UserError when the port cannot be had
 */
export async function startHttpServer(port: number, pages: Pages, log: Logger): Promise<HttpServer> {
  const limits = { mostWaiting: MOST_WAITING, requestMs: REQUEST_MS };
  const { server } = createGuardedServer(limits, (request, response) => {
    void answer(request, response, pages, log);
  });
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw refusal(port, error);
  }
  server.on('error', (error) => log.error({ err: error }, 'the operation server failed'));
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
  pages: Pages,
  log: Logger,
): Promise<void> {
  const page = pages.get(url.split('?', 1)[0] ?? '');
  if (!page) return end(response, 404, 'Not found.\n');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return end(response, 405, 'Only GET and HEAD.\n');
  }
  try {
    const { status, text, type, headers } = await page(asked.authorization);
    end(response, status, text, { ...(type !== undefined && { 'content-type': type }), ...headers });
  } catch (error) {
    log.error({ err: error }, 'a page of the operation server failed');
    end(response, 503, 'Failed: the log says why.\n');
  }
}

function end(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': PLAIN, 'cache-control': 'no-store', ...headers }).end(text);
}

function refusal(port: number, error: unknown): unknown {
  if (codeOf(error) === 'EADDRINUSE')
    return new UserError(`Port ${port} is in use by another program. Set HTTP_PORT to a free one.`);
  if (codeOf(error) === 'EACCES')
    return new UserError(`Port ${port} is not for everybody. Set HTTP_PORT to one above 1023.`);
  return error;
}

// Shows a page to those alone who send a token: `Authorization: Bearer …` (https://datatracker.ietf.org/doc/html/rfc6750).

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

/** Of equal length, which the comparison needs, and the length of the token is told to nobody. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
