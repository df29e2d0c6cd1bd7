/** The state of one IDENTIFY, connected or not, so that RESUME can send the missed events. */
import type { JsonObject } from '../wire.ts';

/** Discord keeps events for some minutes. A client that stays away longer must identify again. */
const EVENTS_KEPT = 5_000;

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  sequence: number;
  /** The latest events as they were sent; the newest has the number `sequence`. */
  readonly sent: string[];
  /** Undefined while the client is away. */
  send: ((text: string) => boolean) | undefined;
}

export function openSession(making: Pick<Session, 'id' | 'intents' | 'shard' | 'send'>): Session {
  return { ...making, sequence: 0, sent: [] };
}

/** Whether it was sent. */
export function dispatchTo(session: Session, name: string, data: JsonObject): boolean {
  session.sequence++;
  const text = JSON.stringify({ op: 0, s: session.sequence, t: name, d: data });
  session.sent.push(text);
  if (session.sent.length > 2 * EVENTS_KEPT) session.sent.splice(0, EVENTS_KEPT);
  return session.send?.(text) ?? false;
}

/** The events after `sequence`, or `undefined` if they are no longer known. */
export function missedSince(session: Session, sequence: number): string[] | undefined {
  const missed = session.sequence - sequence;
  if (missed < 0 || missed > session.sent.length) return undefined;
  return missed === 0 ? [] : session.sent.slice(-missed);
}

/** Guild events go to the shard `(guild_id >> 22) % shards`, all others to the first shard. */
export function isForShard({ shard: [id, count] }: Session, guildId: string | undefined): boolean {
  return guildId === undefined ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
}
