/** Messages in channels, threads and direct messages. */
import { emitMessage, emitMessageGone } from '../events.ts';
import { toMessageJson } from '../json/messages.ts';
import { isForum, toChannelJson } from '../json/places.ts';
import { createMessage, editMessage } from '../message.ts';
import type { FakeChannel, FakeMessage } from '../model.ts';
import { directChannel } from '../places.ts';
import { ChannelType, MessageFlag, NONCE_WINDOW_MS } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import { checkMessage } from '../rules/messages.ts';
import { isNewer } from '../snowflake.ts';
import type { MessageBody } from '../wire.ts';
import type { World } from '../world.ts';
import { channelOf, demand, messageOf } from './find.ts';
import { type Answer, type Call, NO_CONTENT, ok, type Route } from './route.ts';

/** The permissions needed to post in this channel. */
export function demandPosting(channel: FakeChannel, { embeds }: MessageBody, files = 0): void {
  if (channel.recipient && channel.closed) throw refusal(50007);
  if (isForum(channel)) throw refusal(50008);
  if (channel.thread?.locked && !channel.botMay('ManageThreads')) throw refusal(160005);
  if (!channel.recipient) demand(channel, channel.thread ? 'SendMessagesInThreads' : 'SendMessages');
  if (embeds?.length) demand(channel, 'EmbedLinks');
  if (files > 0) demand(channel, 'AttachFiles');
}

/** With `enforce_nonce`: the message that the same author sent with this nonce in the past few minutes. */
function alreadySent(world: World, { nonce, enforce_nonce: enforce }: MessageBody) {
  if (!enforce || nonce === null || nonce === undefined) return undefined;
  const first = world.nonces.get(String(nonce));
  return first && world.now() - first.at < NONCE_WINDOW_MS ? first.message : undefined;
}

/** Forgets nonces that have expired, the oldest first. */
function remember(world: World, nonce: string, message: FakeMessage): void {
  for (const [old, { at }] of world.nonces) {
    if (world.now() - at < NONCE_WINDOW_MS) break;
    world.nonces.delete(old);
  }
  world.nonces.delete(nonce);
  world.nonces.set(nonce, { message, at: world.now() });
}

function post(call: Call): Answer {
  const { world, where, files } = call;
  const channel = channelOf(call);
  const body = call.body as MessageBody;
  checkMessage(world, body, { where, edit: false, files: files.length });
  demandPosting(channel, body, files.length);
  const first = alreadySent(world, body);
  if (first) return ok(toMessageJson(world, first));
  channel.wake();
  const message = createMessage(world, { channel, author: world.bot, body, files });
  if (body.nonce !== null && body.nonce !== undefined) {
    remember(world, String(body.nonce), message);
  }
  emitMessage(world, 'MESSAGE_CREATE', channel, message);
  return ok(toMessageJson(world, message));
}

function change(call: Call): Answer {
  const { world, where, files } = call;
  const channel = channelOf(call);
  const message = messageOf(channel, call.params['message']);
  const body = call.body as MessageBody;
  if (message.author !== world.bot) throw refusal(50005);
  checkMessage(world, body, { where, edit: true });
  if (channel.archived) throw refusal(50083);
  editMessage(world, message, body, files);
  emitMessage(world, 'MESSAGE_UPDATE', channel, message);
  return ok(toMessageJson(world, message));
}

function remove(call: Call): Answer {
  const channel = channelOf(call);
  const message = messageOf(channel, call.params['message']);
  if (message.author !== call.world.bot) demand(channel, 'ManageMessages');
  if (channel.archived) throw refusal(50083);
  message.deleted = true;
  emitMessageGone(call.world, channel, message);
  return NO_CONTENT;
}

/**
 * Newest first, at most 100 messages, 50 by default. Without the history permission a bot sees an empty
 * channel.
 */
function list(call: Call): Answer {
  const { world, query } = call;
  const channel = channelOf(call);
  if (!channel.recipient && !channel.botMay('ReadMessageHistory')) return ok([]);
  const limit = Number(query.get('limit') ?? 50);
  const before = query.get('before');
  const after = query.get('after');
  const some = channel.messages.filter(
    ({ id }) => (!before || isNewer(before, id)) && (!after || isNewer(id, after)),
  );
  // `after` selects the oldest of the messages that follow, but the newest still comes first.
  const page = after ? some.slice(0, limit) : some.slice(-limit);
  return ok(page.toReversed().map((message) => toMessageJson(world, message, world.privilegedIntents)));
}

function crosspost(call: Call): Answer {
  const channel = channelOf(call);
  const message = messageOf(channel, call.params['message']);
  if (channel.type !== ChannelType.Announcement) throw refusal(50024);
  if (message.author !== call.world.bot) demand(channel, 'ManageMessages');
  message.flags |= MessageFlag.Crossposted;
  emitMessage(call.world, 'MESSAGE_UPDATE', channel, message);
  return ok(toMessageJson(call.world, message));
}

/** The channel with one person. Opening it twice gives the same channel. */
function openDirect({ world, body }: Call): Answer {
  const recipient = world.users.get((body as { readonly recipient_id?: string }).recipient_id ?? '');
  if (!recipient || recipient.bot) throw refusal(50007);
  return ok(toChannelJson(directChannel(world, recipient)));
}

const BASE = '/channels/:channel/messages';

export const messageRoutes: readonly Route[] = [
  { method: 'POST', path: BASE, operation: 'create_message', run: post },
  { method: 'GET', path: BASE, run: list },
  {
    method: 'GET',
    path: `${BASE}/:message`,
    run: (call) => {
      const channel = channelOf(call);
      if (!channel.recipient) demand(channel, 'ReadMessageHistory');
      return ok(
        toMessageJson(call.world, messageOf(channel, call.params['message']), call.world.privilegedIntents),
      );
    },
  },
  { method: 'PATCH', path: `${BASE}/:message`, operation: 'update_message', run: change },
  { method: 'DELETE', path: `${BASE}/:message`, run: remove },
  { method: 'POST', path: `${BASE}/:message/crosspost`, run: crosspost },
  { method: 'POST', path: '/users/@me/channels', operation: 'create_dm', run: openDirect },
];
