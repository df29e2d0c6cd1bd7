/** Socket Mode: the bot's connections, and the envelopes sent through one of them. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Dispatch } from '../model.ts';
import { SOCKETS } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** Each connection has its own server and its own lifetime, independent of the others. */
export type Which = 'oldest' | 'all';

interface SocketsOptions {
  readonly world: World;
  readonly server: Server;
  readonly onAcknowledged: (dispatch: Dispatch, body: JsonObject) => void;
  /** Its connection closed before the bot acknowledged. */
  readonly onLost: (dispatch: Dispatch) => void;
  readonly onOpened: () => void;
}

export interface Retry {
  /** 0 the first time. */
  readonly attempt: number;
  readonly reason: string;
}

export interface Sockets {
  readonly count: number;
  /** How many connections were ever opened. */
  readonly opened: number;
  /** While true, no connection can be opened. */
  refused: boolean;
  /** A URL that works once. */
  invite(): string;
  /** `swallowed`: there is a connection, but nothing gets through it. */
  send(dispatch: Dispatch, retry: Retry): 'sent' | 'swallowed' | 'no connection';
  /**
   * Slack closes a connection at once after `refresh_requested`, and in ten seconds after `warning`. Until
   * then it is used.
   */
  disconnect(reason: DisconnectReason, which: Which): void;
  /** Sends a message that is not an envelope through all of them. */
  say(text: string): void;
  cut(which: Which): void;
  /** Connections stay open, but nothing gets through: no ping is answered. */
  silence(): void;
  /** Closes all connections, and cuts those that do not respond. */
  stop(): Promise<void>;
}

/** Slack's own pings, which show a client that the connection is alive. */
const PING_MS = 5_000;
const GOODBYE_MS = 300;
const GOING_AWAY = 1001;
/** "In approximately 10 seconds": https://docs.slack.dev/apis/events-api/using-socket-mode */
const WARNED_MS = 10_000;

interface Connection {
  readonly socket: WebSocket;
  readonly pending: Map<string, Dispatch>;
  silent: boolean;
}

export function openSockets({ world, server, onAcknowledged, onLost, onOpened }: SocketsOptions): Sockets {
  const connections = new Set<Connection>();
  const tickets = new Set<string>();
  const listener = new WebSocketServer({ noServer: true });
  const stopped = new AbortController();
  let turn = 0;
  let opened = 0;
  let stopping = false;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', world.origin).searchParams.get('ticket') ?? '';
    if (sockets.refused || !tickets.delete(ticket)) return void socket.destroy();
    listener.handleUpgrade(request, socket, head, (ws) => accept(ws));
  });

  function accept(socket: WebSocket): void {
    const connection: Connection = { socket, pending: new Map(), silent: false };
    const pinging = setInterval(() => connection.silent || socket.ping(), PING_MS);
    socket.on('message', (data) => receive(connection, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pinging);
      connections.delete(connection);
      for (const dispatch of connection.pending.values()) onLost(dispatch);
      world.journal.changed();
    });
    if (connections.size >= SOCKETS) {
      tell(connection, 'too_many_websockets');
      return;
    }
    connections.add(connection);
    opened++;
    socket.ping();
    write(connection, {
      type: 'hello',
      num_connections: connections.size,
      connection_info: { app_id: world.appId },
      debug_info: { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 },
    });
    onOpened();
    world.journal.changed();
  }

  function receive({ pending }: Connection, text: string): void {
    const { envelope_id: id, payload = {} } = JSON.parse(text) as {
      envelope_id?: string;
      payload?: JsonObject;
    };
    const dispatch = pending.get(id ?? '');
    if (stopping) return;
    if (!dispatch) {
      world.journal.violation(`Acknowledged ${id}, which is no envelope that waits for it`);
      return;
    }
    pending.delete(id ?? '');
    onAcknowledged(dispatch, payload);
    world.journal.changed();
  }

  function write({ socket }: Connection, message: JsonObject): void {
    socket.send(JSON.stringify(message));
  }

  function tell(connection: Connection, reason: DisconnectReason): void {
    write(connection, { type: 'disconnect', reason, debug_info: { host: 'applink-fake' } });
  }

  function some(which: Which): Connection[] {
    return which === 'all' ? [...connections] : [...connections].slice(0, 1);
  }

  function closeAfter(reason: DisconnectReason, { socket }: Connection): void {
    if (reason === 'refresh_requested') socket.close(GOING_AWAY);
    if (reason !== 'warning') return;
    world.clock.sleep(WARNED_MS, stopped.signal).then(
      () => socket.close(GOING_AWAY),
      () => {},
    );
  }

  const sockets: Sockets = {
    get count() {
      return connections.size;
    },
    get opened() {
      return opened;
    },
    refused: false,
    invite() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${world.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.appId}`;
    },
    send(dispatch, { attempt, reason }) {
      const open = [...connections].filter(({ socket }) => socket.readyState === socket.OPEN);
      const connection = open[turn++ % Math.max(1, open.length)];
      if (!connection) return 'no connection';
      const id = randomUUID();
      connection.pending.set(id, dispatch);
      if (connection.silent) return 'swallowed';
      write(connection, {
        envelope_id: id,
        type: dispatch.type,
        payload: dispatch.payload,
        accepts_response_payload: !dispatch.isEvent,
        ...(dispatch.isEvent && { retry_attempt: attempt, retry_reason: reason }),
      });
      return 'sent';
    },
    disconnect(reason, which) {
      for (const connection of some(which)) {
        tell(connection, reason);
        closeAfter(reason, connection);
      }
    },
    say(text) {
      for (const { socket } of connections) socket.send(text);
    },
    cut(which) {
      for (const { socket } of some(which)) socket.terminate();
    },
    silence() {
      for (const connection of connections) {
        connection.silent = true;
        // Their acknowledgements do not get through, so they do not count against the bot.
        for (const dispatch of connection.pending.values()) dispatch.delivered = false;
        connection.socket.pause();
      }
    },
    async stop() {
      stopping = true;
      stopped.abort();
      const goodbyes = [...connections].map(async ({ socket, pending }) => {
        pending.clear();
        const closed = new Promise((resolve) => socket.once('close', resolve));
        const hangUp = setTimeout(() => socket.terminate(), GOODBYE_MS);
        socket.close(GOING_AWAY);
        await closed;
        clearTimeout(hangUp);
      });
      await Promise.all(goodbyes);
      listener.close();
    },
  };
  return sockets;
}
