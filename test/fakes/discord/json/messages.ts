/** Messages, in the shapes that Discord sends. */
import type { FakeMessage, User } from '../model.ts';
import { Intent } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { toUserJson } from './people.ts';
import { toChannelJson } from './places.ts';

function toReactionsJson(world: World, message: FakeMessage): JsonObject[] {
  const { reactions, superReactions } = message;
  const nobody: ReadonlySet<string> = new Set();
  return [...new Set([...reactions.keys(), ...superReactions.keys()])]
    .map((emoji) => ({
      emoji,
      normal: reactions.get(emoji) ?? nobody,
      burst: superReactions.get(emoji) ?? nobody,
    }))
    .filter(({ normal, burst }) => normal.size + burst.size > 0)
    .map(({ emoji, normal, burst }) => ({
      emoji: toEmojiJson(emoji),
      count: normal.size + burst.size,
      count_details: { burst: burst.size, normal: normal.size },
      burst_colors: burst.size > 0 ? ['#f47b67'] : [],
      me: normal.has(world.bot.id),
      me_burst: burst.has(world.bot.id),
    }));
}

/** A character, or `name:id` of a guild's own. */
export function toEmojiJson(emoji: string): JsonObject {
  const [, name, id] = /^(\w+):(\d+)$/.exec(emoji) ?? [];
  return id === undefined ? { id: null, name: emoji } : { id, name };
}

function mentionsIn(world: World, message: FakeMessage): User[] {
  // A bot mentions nobody: a request without empty `allowed_mentions` is already a violation.
  if (message.author.bot) return [];
  const ids = new Set([...message.content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? ''));
  return [...ids].flatMap((id) => world.users.get(id) ?? []);
}

/**
 * A bot receives the text of other people's messages only with the MESSAGE_CONTENT intent, if the message
 * mentions it, in a direct message with it, or in a message command (`whole`).
 */
export function toMessageJson(world: World, message: FakeMessage, intents = 0, whole = false): JsonObject {
  const channel = world.channels.get(message.channelId);
  const mentions = mentionsIn(world, message);
  const readable =
    whole ||
    message.author === world.bot ||
    channel?.recipient !== undefined ||
    mentions.includes(world.bot) ||
    (intents & Intent.MessageContent) !== 0;
  const files = message.files.map(({ name: filename, size }, index) => ({
    id: String(BigInt(message.id) + BigInt(index + 1)),
    filename,
    size,
    url: `https://cdn.discordapp.invalid/${message.id}/${filename}`,
    proxy_url: `https://media.discordapp.invalid/${message.id}/${filename}`,
  }));
  const reactions = toReactionsJson(world, message);
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channelId,
    author: toUserJson(message.author),
    content: readable ? message.content : '',
    embeds: readable ? message.embeds.map((embed) => ({ type: 'rich', ...embed })) : [],
    components: readable ? message.components.map(toComponentJson) : [],
    attachments: readable ? files : [],
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    tts: false,
    mention_everyone: false,
    mentions: mentions.map(toUserJson),
    mention_roles: [],
    pinned: false,
    flags: message.flags,
    ...(message.snapshots.length > 0 && {
      message_reference: { type: 1, message_id: message.id, channel_id: message.channelId },
      message_snapshots: readable ? message.snapshots.map((snapshot) => ({ message: snapshot })) : [],
    }),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(reactions.length > 0 && { reactions }),
    ...(message.repliesTo && {
      message_reference: { type: 0, message_id: message.repliesTo, channel_id: message.channelId },
    }),
    ...(message.thread && { thread: toChannelJson(message.thread) }),
    ...message.interactionJson,
  };
}

/** Discord numbers components and fills in defaults. */
function toComponentJson(component: object, index: number): JsonObject {
  const inner =
    'components' in component && Array.isArray(component.components) ? component.components : undefined;
  return {
    id: index + 1,
    ...component,
    ...(inner && { components: inner.map((each: object, at) => toComponentJson(each, at)) }),
  };
}
