/** Messages: posting, changing and deleting them, and previews of links. */

import { emitMessage, emitMessageChanged, emitMessageDeleted } from '../events.ts';
import { attribute, attributeChange } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { createMessage, deleteMessage, editMessage } from '../message.ts';
import type { FakeChannel, FakeDraft, FakeMessage } from '../model.ts';
import { directChannel } from '../places.ts';
import { refusal } from '../refusal.ts';
import { TEXT } from '../rules/limits.ts';
import { demandMessage } from '../rules/messages.ts';
import type { JsonObject } from '../wire.ts';
import { type Call, channelOf, type Method, messageOf, SPECIAL, TIER_3, userOf } from './method.ts';

const WRITE = ['chat:write'];

/** The channel, if the bot may post there. A person's ID stands for the direct channel. */
function postable(call: Call): FakeChannel {
  const { world, workspace, args } = call;
  const person = workspace.users.get(args.channel ?? '');
  const channel = person ? directChannel(world, workspace, person) : channelOf(call);
  if (channel.archived) throw refusal('is_archived');
  if (channel.restricted) throw refusal('restricted_action');
  return channel;
}

function demandThread(channel: FakeChannel, thread: string | undefined): void {
  if (thread === undefined) return;
  const root = channel.messages.find(({ ts }) => ts === thread);
  if (!root || root.threadTs) throw refusal('thread_not_found');
}

function post(call: Call): JsonObject {
  const { world, workspace, args, where } = call;
  const channel = postable(call);
  if (!channel.isMember && !workspace.scopes.has('chat:write.public')) throw refusal('not_in_channel');
  if (args.unfurl_links !== false || args.unfurl_media !== false) {
    world.journal.violation(`${where}: unfurl_links or unfurl_media is not off: links would grow previews`);
  }
  demandMessage(world, where, args);
  demandThread(channel, args.thread_ts);
  const message = createMessage(world, { channel, author: workspace.botUser, body: args });
  attribute(world, message);
  emitMessage(world, message);
  return { channel: channel.id, ts: message.ts, message: toMessageJson(message, { metadata: true }) };
}

function postEphemeral(call: Call): JsonObject {
  const { world, workspace, args, where } = call;
  const channel = postable(call);
  if (!channel.isMember) throw refusal('not_in_channel');
  const user = userOf(call, args.user);
  if (!channel.members.has(user.id)) throw refusal('user_not_in_channel');
  demandMessage(world, where, args);
  const message = createMessage(world, { channel, author: workspace.botUser, body: args, onlyFor: user });
  attribute(world, message);
  return { message_ts: message.ts };
}

/** Only public messages, and only its own. */
function ownMessage(call: Call, no: string): FakeMessage {
  const message = messageOf(channelOf(call), call.args.ts);
  if (message.author !== call.workspace.botUser) throw refusal(no);
  return message;
}

function update(call: Call): JsonObject {
  const { world, args, where } = call;
  const message = ownMessage(call, 'cant_update_message');
  if (message.channel.archived) throw refusal('is_archived');
  demandMessage(world, where, args);
  if ((args.text?.length ?? 0) > TEXT) throw refusal('msg_too_long');
  const previous = toMessageJson(message);
  editMessage(world, message, args);
  attributeChange(world, message);
  emitMessageChanged(world, message, previous);
  const { channel, ts, text } = message;
  return { channel: channel.id, ts, text, message: toMessageJson(message, { metadata: true }) };
}

function remove(call: Call): JsonObject {
  const message = ownMessage(call, 'cant_delete_message');
  const previous = toMessageJson(message);
  deleteMessage(message);
  emitMessageDeleted(call.world, message, previous);
  return { channel: message.channel.id, ts: message.ts };
}

/**
 * Found by the message, or by the ID and the source from `link_shared`, which is the only way to a message
 * that is still being written.
 */
function unfurl(call: Call): JsonObject {
  const { world, args, where } = call;
  const shared = sharedIn(call);
  for (const [url, preview] of Object.entries(args.unfurls ?? {})) {
    const has = 'links' in shared ? shared.links.includes(url) : shared.text.includes(url);
    if (!has) throw refusal('cannot_unfurl_url');
    demandMessage(world, where, { text: 'a preview', blocks: preview.blocks ?? [] });
    shared.unfurls.set(url, preview);
  }
  if (!('links' in shared)) attributeChange(world, shared);
  return {};
}

function sharedIn(call: Call): FakeMessage | FakeDraft {
  const { workspace, args } = call;
  const { unfurl_id: id, source } = args;
  if (id === undefined && source === undefined) {
    if (args.channel === undefined) throw refusal('missing_channel');
    if (args.ts === undefined) throw refusal('missing_ts');
    if (!workspace.channels.has(args.channel)) throw refusal('cannot_find_channel');
    return messageOf(channelOf(call), args.ts);
  }
  if (id === undefined) throw refusal('missing_unfurl_id');
  if (source === undefined) throw refusal('missing_source');
  if (source === 'composer') {
    const draft = workspace.drafts.get(id);
    if (!draft) throw refusal('invalid_unfurl_id');
    return draft;
  }
  if (source !== 'conversations_history') throw refusal('invalid_source');
  const [channelId, ts] = id.split('-');
  const found = workspace.channels.get(channelId ?? '')?.messages.find((message) => message.ts === ts);
  if (!found) throw refusal('invalid_unfurl_id');
  return found;
}

function permalink(call: Call): JsonObject {
  const channel = channelOf(call);
  const { ts, threadTs } = messageOf(channel, call.args.message_ts);
  const thread = threadTs ? `?thread_ts=${threadTs}&cid=${channel.id}` : '';
  const link = `https://${call.workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink: link };
}

export const chatMethods: readonly Method[] = [
  { name: 'chat.postMessage', token: 'bot', scopes: WRITE, perMinute: SPECIAL, run: post },
  { name: 'chat.postEphemeral', token: 'bot', scopes: WRITE, perMinute: TIER_3 * 2, run: postEphemeral },
  { name: 'chat.update', token: 'bot', scopes: WRITE, perMinute: TIER_3, run: update },
  { name: 'chat.delete', token: 'bot', scopes: WRITE, perMinute: TIER_3, run: remove },
  { name: 'chat.unfurl', token: 'bot', scopes: ['links:write'], perMinute: TIER_3, run: unfurl },
  { name: 'chat.getPermalink', token: 'bot', perMinute: SPECIAL, run: permalink },
];
