/**
 * HTTP server that cannot be blocked by idle connections. When too many connections wait for a request or its
 * rest, an older one is closed to make room for a new one.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';

export interface GuardOptions {
  /** Maximum number of waiting connections over all addresses. */
  readonly mostWaiting: number;
  /** Milliseconds in which the whole request must arrive. */
  readonly requestMs: number;
}

export interface GuardedServer {
  readonly server: Server;
  /** Closes every connection that has no answer in progress. */
  dropWaiting(): void;
}

/** Milliseconds for a request's headers. */
const HEADERS_MS = 5_000;
/** Interval for checking timeouts; Node's default is 30 seconds. */
const LOOK_EVERY_MS = 1_000;
/** Milliseconds without traffic after which a connection is closed. */
const SILENT_MS = 30_000;

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The latest request. */
  readonly request?: IncomingMessage;
  readonly response?: ServerResponse;
}

export function createGuardedServer(options: GuardOptions, listener: RequestListener): GuardedServer {
  const { mostWaiting, requestMs } = options;
  /** Least recently used first. */
  const open = new Map<Socket, Connection>();
  const timeouts = {
    requestTimeout: requestMs,
    headersTimeout: Math.min(HEADERS_MS, requestMs),
    connectionsCheckingInterval: LOOK_EVERY_MS,
  };
  const server = createServer(timeouts, (request, response) => {
    const { socket } = request;
    const { address = '' } = open.get(socket) ?? {};
    open.delete(socket);
    open.set(socket, { socket, address, request, response });
    listener(request, response);
  });
  server.setTimeout(SILENT_MS);
  server.on('connection', (socket) => {
    open.set(socket, { socket, address: socket.remoteAddress ?? '' });
    socket.once('close', () => open.delete(socket));
    makeRoom();
  });

  const waiting = () => [...open.values()].filter((connection) => !isBeingAnswered(connection));

  function drop({ socket }: Connection): void {
    open.delete(socket);
    socket.destroy();
  }

  function makeRoom(): void {
    if (open.size <= mostWaiting) return;
    const all = waiting();
    const surplus = all.length > mostWaiting ? oldestOfMost(all) : undefined;
    if (surplus) drop(surplus);
  }

  return {
    server,
    dropWaiting() {
      for (const connection of waiting()) drop(connection);
    },
  };
}

function isBeingAnswered({ request, response }: Connection): boolean {
  return request?.complete === true && response?.writableFinished === false;
}

/** The oldest connection of the address that has most, so that one client cannot shut out others. */
function oldestOfMost(connections: readonly Connection[]): Connection | undefined {
  const counts = new Map<string, number>();
  for (const { address } of connections) counts.set(address, (counts.get(address) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return connections.find(({ address }) => counts.get(address) === most);
}
