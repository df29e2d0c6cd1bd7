/** One socket of the gateway, from HELLO to its close: https://docs.discord.com/developers/events/gateway */
import type { WebSocket } from 'ws';
import { Close, Opcode } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { Connection, Gateway } from './port.ts';
import type { Session } from './session.ts';

const SENDS_PER_MINUTE = 120;

export function openConnection(gateway: Gateway, socket: WebSocket, resuming: boolean): Connection {
  let session: Session | undefined;
  let silent = false;
  /** Messages of the last minute, by the machine's clock, because this is between the sockets. */
  const received: number[] = [];

  const sendText = (text: string) => {
    if (silent || socket.readyState !== socket.OPEN) return false;
    socket.send(text);
    return true;
  };
  const connection: Connection = {
    get session() {
      return session;
    },
    send: (payload) => void sendText(JSON.stringify({ d: null, s: null, t: null, ...payload })),
    close(code) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    },
    silence() {
      silent = true;
    },
    forget() {
      if (session) gateway.forget(session);
      session = undefined;
    },
  };

  function begin(begun: Session): void {
    session = begun;
    begun.send = sendText;
  }

  function identify(data: JsonObject): void {
    if (session) {
      connection.close(Close.AlreadyAuthenticated);
      return;
    }
    const begun = gateway.identify(data, sendText);
    if (typeof begun === 'number') connection.close(begun);
    else if (begun === 'later') connection.send({ op: Opcode.InvalidSession, d: false });
    else begin(begun);
  }

  function resume(data: JsonObject): void {
    if (session) {
      connection.close(Close.AlreadyAuthenticated);
      return;
    }
    if (!resuming) gateway.violation('RESUME did not go to resume_gateway_url');
    const found = gateway.resume(data);
    if (typeof found === 'number') connection.close(found);
    else if (!found) connection.send({ op: Opcode.InvalidSession, d: false });
    else {
      begin(found.session);
      for (const text of found.missed) sendText(text);
      gateway.resumed(found.session);
    }
  }

  function isTooOften(): boolean {
    const now = Date.now();
    received.push(now);
    while ((received[0] ?? now) <= now - 60_000) received.shift();
    return received.length > SENDS_PER_MINUTE;
  }

  function obey({ op, d }: Payload): void {
    const data = (d ?? {}) as JsonObject;
    if (op === Opcode.Heartbeat) connection.send({ op: Opcode.HeartbeatAck });
    else if (op === Opcode.Identify) identify(data);
    else if (op === Opcode.Resume) resume(data);
    else if (!session) connection.close(Close.NotAuthenticated);
    else if (op !== Opcode.PresenceUpdate) {
      gateway.violation(`The gateway was sent op ${String(op)}, which this fake does not model`);
      connection.close(Close.UnknownOpcode);
    }
  }

  function receive(text: string): void {
    if (isTooOften()) {
      gateway.violation(`More than ${SENDS_PER_MINUTE} sends in 60 s to the gateway`);
      connection.close(Close.RateLimited);
      return;
    }
    const payload = parse(text);
    if (payload) obey(payload);
    else connection.close(Close.DecodeError);
  }

  socket.on('message', (data) => {
    if (!silent) receive(String(data));
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => {
    gateway.closed(connection);
    if (!session || session.send !== sendText) return;
    session.send = undefined;
    // A client that closes with 1000 or 1001 gives up its session.
    if (code === 1000 || code === 1001) gateway.forget(session);
  });
  connection.send({ op: Opcode.Hello, d: { heartbeat_interval: gateway.heartbeatMs } });
  return connection;
}

interface Payload {
  readonly op?: unknown;
  readonly d?: unknown;
}

function parse(text: string): Payload | undefined {
  try {
    return JSON.parse(text) as Payload;
  } catch {
    return undefined;
  }
}
