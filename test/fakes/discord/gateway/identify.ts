/**
 * Requirements of the gateway for IDENTIFY: https://docs.discord.com/developers/events/gateway#identifying
 */
import { ALL_INTENTS, Close, PRIVILEGED } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';

/** From this many guilds on, one connection is not enough. */
const SHARDING_FROM_GUILDS = 2_500;

export interface Identity {
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
}

/** The code to close with, or the identified client. */
export function readIdentify(world: World, data: JsonObject): Identity | number {
  const { token, intents, shard = [0, 1], properties } = data;
  if (token !== world.token) return Close.AuthenticationFailed;
  if (typeof properties !== 'object' || properties === null) return Close.DecodeError;
  if (typeof intents !== 'number' || !Number.isInteger(intents) || intents < 0) return Close.InvalidIntents;
  if ((intents & ~ALL_INTENTS) !== 0) return Close.InvalidIntents;
  if ((intents & PRIVILEGED & ~world.privilegedIntents) !== 0) return Close.DisallowedIntents;
  if (!Array.isArray(shard) || shard.length !== 2) return Close.InvalidShard;
  const [id, count] = shard.map(Number);
  if (id === undefined || count === undefined || !(id >= 0 && id < count)) return Close.InvalidShard;
  if (count === 1 && world.guilds.size >= SHARDING_FROM_GUILDS) return Close.ShardingRequired;
  return { intents, shard: [id, count] };
}
