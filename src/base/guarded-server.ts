/**
 * An HTTP server that nobody keeps from others by holding connections: a connection that waits for its request, or for the rest of
 * it, makes room for a newer one when there are many.
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
  /** Connections that may wait at a time, over all addresses. */
  readonly mostWaiting: number;
  /** Milliseconds in which a request must have arrived whole. */
  readonly requestMs: number;
}

export interface GuardedServer {
  readonly server: Server;
  /** Ends every connection on which nothing is being answered. */
  dropWaiting(): void;
}

/** Milliseconds for the lines before a request's body. */
const HEADERS_MS = 5_000;
/** The library looks each half minute at what is late, where nothing is said. */
const LOOK_EVERY_MS = 1_000;
/** Whoever neither sends nor reads for so long is gone. */
const SILENT_MS = 30_000;

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The latest on it. */
  readonly request?: IncomingMessage;
  readonly response?: ServerResponse;
}

export function createGuardedServer(options: GuardOptions, listener: RequestListener): GuardedServer {
  const { mostWaiting, requestMs } = options;
  /** What was used last stands last. */
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

/** The oldest of the address that has the most: one that holds many cannot shut out one that comes once. */
function oldestOfMost(connections: readonly Connection[]): Connection | undefined {
  const counts = new Map<string, number>();
  for (const { address } of connections) counts.set(address, (counts.get(address) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return connections.find(({ address }) => counts.get(address) === most);
}
