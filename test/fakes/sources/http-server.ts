/** A small server on loopback: it sends scripted responses and records its requests. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Answers a path: the first request with the first handler, and so on. The last handler stays. */
  on(path: string, ...handlers: [Handler, ...Handler[]]): void;
  /** Breaks the open connections. */
  close(): Promise<void>;
}

/** Closes when the test ends. A path without a handler gets a 404. */
export async function openHttpServer(): Promise<TestServer> {
  const routes = new Map<string, Handler[]>();
  const requests: SeenRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const handlers = routes.get(request.path);
    const handler = handlers && handlers.length > 1 ? handlers.shift() : handlers?.[0];
    await (handler ?? json({ error: 'Not found' }, { status: 404 }))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    on: (path, ...handlers) => void routes.set(path, handlers),
    close,
  };
}

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answer(type: string, body: string | Uint8Array, options: AnswerOptions = {}): Handler {
  return (_, response) => {
    response.writeHead(options.status ?? 200, { 'content-type': type, ...options.headers });
    response.end(body);
  };
}

export function json(data: unknown, options?: AnswerOptions): Handler {
  return answer('application/json; charset=utf-8', JSON.stringify(data), options);
}

export function atom(xml: string, options?: AnswerOptions): Handler {
  return answer('application/atom+xml; charset=utf-8', xml, options);
}

/** Breaks the connection before any response. */
export const drop: Handler = (_, response) => void response.socket?.destroy();
