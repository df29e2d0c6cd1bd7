/** People of a workspace. */
import { toChannelJson, toUserJson } from '../json/places.ts';
import type { JsonObject } from '../wire.ts';
import { listChannels } from './conversations.ts';
import { type Call, type Method, TIER_2, TIER_3, TIER_4, userOf } from './method.ts';
import { pageOf } from './paging.ts';

function list(call: Call): JsonObject {
  const { items, next } = pageOf([...call.workspace.users.values()], call.args, 200);
  return {
    members: items.map((user) => toUserJson(call.workspace, user)),
    response_metadata: { next_cursor: next },
  };
}

/** The channels that the bot is in. */
function conversations(call: Call): JsonObject {
  const { items, next } = pageOf(
    listChannels(call).filter(({ isMember }) => isMember),
    call.args,
    100,
  );
  return { channels: items.map(toChannelJson), response_metadata: { next_cursor: next } };
}

export const userMethods: readonly Method[] = [
  {
    name: 'users.info',
    token: 'bot',
    scopes: ['users:read'],
    perMinute: TIER_4,
    run: (call) => ({ user: toUserJson(call.workspace, userOf(call, call.args.user)) }),
  },
  { name: 'users.list', token: 'bot', scopes: ['users:read'], perMinute: TIER_2, run: list },
  {
    name: 'users.conversations',
    token: 'bot',
    scopes: ['channels:read', 'groups:read', 'im:read'],
    perMinute: TIER_3,
    run: conversations,
  },
];
