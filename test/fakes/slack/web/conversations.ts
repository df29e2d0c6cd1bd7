/** Channels: their properties, members and messages. */
import { isBefore } from '../ids.ts';
import { toMessageJson } from '../json/messages.ts';
import { toChannelJson } from '../json/places.ts';
import { repliesTo } from '../message.ts';
import type { FakeChannel, FakeMessage } from '../model.ts';
import { directChannel } from '../places.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';
import { type Call, channelOf, type Method, messageOf, TIER_2, TIER_3, TIER_4, userOf } from './method.ts';
import { pageOf } from './paging.ts';

const READ = ['channels:read', 'groups:read', 'im:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** For apps outside the Marketplace since May 2025. */
const DISTRIBUTED_PAGE = 15;
const DISTRIBUTED_PER_MINUTE = 1;

const TYPES = { public: 'public_channel', private: 'private_channel', im: 'im' } as const;

/** Channels of the requested types that the bot may see. */
export function listChannels({ workspace, args }: Call): FakeChannel[] {
  const types = (args.types ?? 'public_channel').split(',');
  return [...workspace.channels.values()].filter(
    ({ kind, isMember, archived }) =>
      types.includes(TYPES[kind]) && (kind !== 'private' || isMember) && !(args.exclude_archived && archived),
  );
}

/** The scope depends on the kind of channel. */
function demand(call: Call, channel: FakeChannel, what: 'read' | 'history'): void {
  const needed = `${{ public: 'channels', private: 'groups', im: 'im' }[channel.kind]}:${what}`;
  // The bot may always see its own direct channels.
  if (call.workspace.scopes.has(needed) || (channel.kind === 'im' && what === 'read')) return;
  throw new Refusal('missing_scope', { needed, provided: [...call.workspace.scopes].join(',') });
}

function info(call: Call): JsonObject {
  const channel = channelOf(call);
  demand(call, channel, 'read');
  return { channel: toChannelJson(channel) };
}

function list(call: Call): JsonObject {
  const { items, next } = pageOf(listChannels(call), call.args, 100);
  return { channels: items.map(toChannelJson), response_metadata: { next_cursor: next } };
}

function members(call: Call): JsonObject {
  const channel = channelOf(call);
  const all = [...channel.members, ...(channel.isMember ? [call.workspace.botUser.id] : [])];
  const { items, next } = pageOf(all, call.args, 100);
  return { members: items, response_metadata: { next_cursor: next } };
}

function open(call: Call): JsonObject {
  const { world, workspace, args } = call;
  if (args.channel !== undefined) return { channel: { id: channelOf(call).id } };
  const ids = (args.users ?? '').split(',');
  if (ids.length !== 1) throw refusal('too_many_users');
  const channel = directChannel(world, workspace, userOf(call, ids[0]));
  return { channel: args.return_im ? toChannelJson(channel) : { id: channel.id } };
}

function join(call: Call): JsonObject {
  const channel = channelOf(call);
  if (channel.kind !== 'public') throw refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw refusal('is_archived');
  channel.isMember = true;
  return { channel: toChannelJson(channel) };
}

function within({ oldest, latest, inclusive }: Call['args'], { ts }: FakeMessage): boolean {
  if (inclusive && (ts === oldest || ts === latest)) return true;
  return (oldest === undefined || isBefore(oldest, ts)) && (latest === undefined || isBefore(ts, latest));
}

function readable(call: Call): FakeChannel {
  const channel = channelOf(call);
  demand(call, channel, 'history');
  if (!channel.isMember) throw refusal('not_in_channel');
  return channel;
}

function told(call: Call, messages: readonly FakeMessage[]): JsonObject {
  const most = call.world.distributed ? DISTRIBUTED_PAGE : undefined;
  const { items, next } = pageOf(messages, call.args, 100, most);
  const metadata = call.args.include_all_metadata ?? false;
  return {
    messages: items.map((message) => toMessageJson(message, { metadata })),
    has_more: next !== '',
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  };
}

/** The latest first, without replies. */
function history(call: Call): JsonObject {
  const roots = readable(call).messages.filter(
    ({ threadTs, ts }) => threadTs === undefined || threadTs === ts,
  );
  return told(call, roots.filter((message) => within(call.args, message)).toReversed());
}

/** The first message, then its replies, oldest first. */
function replies(call: Call): JsonObject {
  const channel = readable(call);
  if (!channel.messages.some(({ ts }) => ts === call.args.ts)) throw refusal('thread_not_found');
  const root = messageOf(channel, call.args.ts);
  return told(call, [root, ...repliesTo(root).filter((message) => within(call.args, message))]);
}

export function conversationMethods(distributed: boolean): readonly Method[] {
  const perMinute = distributed ? DISTRIBUTED_PER_MINUTE : TIER_3;
  return [
    { name: 'conversations.info', token: 'bot', scopes: READ, perMinute: TIER_3, run: info },
    { name: 'conversations.list', token: 'bot', scopes: READ, perMinute: TIER_2, run: list },
    { name: 'conversations.members', token: 'bot', scopes: READ, perMinute: TIER_4, run: members },
    { name: 'conversations.open', token: 'bot', scopes: ['im:write'], perMinute: TIER_3, run: open },
    { name: 'conversations.join', token: 'bot', scopes: ['channels:join'], perMinute: TIER_3, run: join },
    { name: 'conversations.history', token: 'bot', scopes: HISTORY, perMinute, run: history },
    { name: 'conversations.replies', token: 'bot', scopes: HISTORY, perMinute, run: replies },
  ];
}
