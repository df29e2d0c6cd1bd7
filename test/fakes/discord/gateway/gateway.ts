/**
 * The gateway: accepts sockets, starts and resumes sessions, and sends every event to the clients that asked
 * for it.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { eventOfGuild } from '../events.ts';
import { toUserJson } from '../json/people.ts';
import { API_VERSION, Close } from '../protocol.ts';
import { checkEvent } from '../schema/schemas.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { openConnection } from './connection.ts';
import { readIdentify } from './identify.ts';
import type { Connection, Gateway } from './port.ts';
import { dispatchTo, isForShard, missedSince, openSession, type Session } from './session.ts';

const DAY_MS = 86_400_000;

export interface GatewayOptions {
  readonly heartbeatMs: number;
  /** Between two IDENTIFYs with the same rate limit key. */
  readonly identifySpacingMs: number;
  readonly identifiesADay: number;
}

export function openGateway(world: World, server: Server, options: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const connections = new Set<Connection>();
  const sessions = new Map<string, Session>();
  const identifiedAt: number[] = [];
  let lastIdentify = Number.NEGATIVE_INFINITY;
  let identifies = 0;
  let resumes = 0;

  function today(): number[] {
    const since = world.now() - DAY_MS;
    return identifiedAt.filter((at) => at > since);
  }

  function dispatch(session: Session, name: string, data: JsonObject): boolean {
    const problem = world.validate ? checkEvent(name, data) : undefined;
    if (problem) gateway.violation(`The fake itself sent a wrong ${name}: ${problem}`);
    return dispatchTo(session, name, data);
  }

  const gateway: Gateway = {
    heartbeatMs: options.heartbeatMs,
    connections,
    get identifies() {
      return identifies;
    },
    get resumes() {
      return resumes;
    },
    get identifiesLeft() {
      return Math.max(0, options.identifiesADay - today().length);
    },
    down: false,
    violation: (sentence) => world.journal.violation(sentence),

    identify(data, send) {
      const identity = readIdentify(world, data);
      if (typeof identity === 'number') return identity;
      const sinceLast = Date.now() - lastIdentify;
      if (sinceLast < options.identifySpacingMs) return 'later';
      lastIdentify = Date.now();
      identifies++;
      identifiedAt.push(world.now());
      if (today().length > options.identifiesADay) {
        const most = `More than ${options.identifiesADay} IDENTIFYs in 24 hours`;
        gateway.violation(`${most}: Discord resets the token`);
        return Close.AuthenticationFailed;
      }
      giveUp(identity.shard);
      const session = openSession({ id: randomBytes(16).toString('hex'), ...identity, send });
      sessions.set(session.id, session);
      begin(session);
      return session;
    },

    resume({ token, session_id: id, seq }) {
      if (token !== world.token) return Close.AuthenticationFailed;
      const session = sessions.get(String(id));
      const missed = session && missedSince(session, Number(seq));
      return missed && { session, missed };
    },

    resumed(session) {
      resumes++;
      dispatch(session, 'RESUMED', {});
      world.journal.changed();
    },

    forget: (session) => void sessions.delete(session.id),
    closed(connection) {
      connections.delete(connection);
      world.journal.changed();
    },

    emit(event) {
      let delivered = false;
      for (const session of sessions.values()) {
        if (event.intent !== 0 && (session.intents & event.intent) === 0) continue;
        if (!isForShard(session, event.guildId)) continue;
        delivered = dispatch(session, event.name, event.data(session.intents)) || delivered;
      }
      return delivered;
    },

    stop() {
      for (const connection of connections) connection.close();
      sockets.close();
    },
  };

  /** A client that identifies again gives up the unconnected sessions of that shard. */
  function giveUp([shard]: Session['shard']): void {
    for (const session of sessions.values()) {
      if (!session.send && session.shard[0] === shard) sessions.delete(session.id);
    }
  }

  /** READY names the guilds. Each of them then arrives as a separate event. */
  function begin(session: Session): void {
    const guilds = [...world.guilds.values()].filter(({ id }) => isForShard(session, id));
    dispatch(session, 'READY', {
      v: API_VERSION,
      user: { ...toUserJson(world.bot), email: null, flags: 0, mfa_enabled: true, verified: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${urlOf(server)}/resume`,
      shard: session.shard,
      application: { id: world.applicationId, flags: 0, flags_new: '0' },
    });
    for (const guild of guilds) {
      if (guild.unavailable) continue;
      const { name, intent, data } = eventOfGuild(world, guild);
      if (session.intents & intent) dispatch(session, name, data(session.intents));
    }
    world.journal.changed();
  }

  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const known = url.pathname.startsWith('/gateway') || url.pathname.startsWith('/resume');
    if (gateway.down || !known) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (url.searchParams.get('v') !== String(API_VERSION)) return opened.close(Close.InvalidVersion);
      if (url.searchParams.get('encoding') !== 'json' || url.searchParams.has('compress')) {
        gateway.violation('The fake speaks plain JSON only');
        return opened.close(Close.DecodeError);
      }
      connections.add(openConnection(gateway, opened, url.pathname.startsWith('/resume')));
    });
  }

  server.on('upgrade', accept);
  world.emit = gateway.emit;
  return gateway;
}

/** `ws://127.0.0.1:PORT`. */
export function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The fake does not listen');
  return `ws://127.0.0.1:${address.port}`;
}
