/** Posts scheduled messages and sends direct messages. */
import { createHash } from 'node:crypto';
import {
  type APIMessage,
  PermissionFlagsBits,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  type RESTGetAPIGuildThreadsResult,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
  SnowflakeUtil,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { Card } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { directMessagesTo, recipientOf } from '../../../chat/direct-messages.ts';
import type { ChatHandlers } from '../../../chat/handlers.ts';
import type { ChatPort, PostingPort } from '../../../chat/port.ts';
import { type ChannelRef, DIRECT, type MessageRef } from '../../../chat/refs.ts';
import { openDirectChannels } from '../../shared/direct-channels.ts';
import { CODES, hasCode } from '../connection/errors.ts';
import type { Gateway } from '../connection/gateway.ts';
import { NONCE, THREAD_NAME } from '../rendering/limits.ts';
import { openChannels } from './channels.ts';
import { type Forum, openForums } from './forums.ts';
import {
  type Payload,
  PLATFORM,
  rawFiles,
  refOf,
  rememberShown,
  toPayload,
  type WithNames,
} from './outgoing.ts';
import { openPastMessages } from './past-messages.ts';

type Posting = Omit<PostingPort, keyof ChatPort | 'limits'>;

export interface PostingOptions {
  readonly gateway: Gateway;
  /** Client without retries. */
  readonly rest: REST;
  readonly handlers: ChatHandlers & WithNames;
}

/**
 * Time for which Discord returns the first message for a repeated nonce. Documented as "the past few
 * minutes": https://discord.com/developers/docs/resources/message#create-message
 */
const NONCE_MS = 120_000;
/** Messages per request, and most requests. A channel's last thousand messages cover a day. */
const MESSAGES_A_PAGE = 100;
const PAGES_READ = 10;
/** URL for the marker of a message without a link. */
const HOME = 'https://huggingface.co/papers';

export function openPosting({ gateway, rest, handlers }: PostingOptions): Posting {
  const forumOf = openForums(gateway, rest);
  const inChannel = openDirectChannels(async ({ person }) => {
    const body = { recipient_id: person };
    const { id } = (await rest.post(Routes.userChannels(), {
      body,
    })) as RESTPostAPICurrentUserCreateDMChannelResult;
    return id;
  });

  /** Direct messages have a workspace of their own. */
  async function locate(address: ChannelRef): Promise<ChannelRef> {
    const channelRef = await inChannel(address);
    return channelRef === address ? address : { ...channelRef, workspace: DIRECT };
  }

  async function post(
    address: ChannelRef,
    card: Card,
    { key, title }: Parameters<PostingPort['post']>[2],
  ): Promise<MessageRef> {
    const channelRef = await locate(address);
    const body = toBody(await toPayload(card, handlers), markerOf(channelRef, key));
    const message = { ...body, nonce: nonceOf(channelRef, key), enforce_nonce: true };
    // A channel of another process's servers is asked for only if it refuses a message, as few are forums.
    const isUnknown = !gateway.isWhole && !gateway.channel(channelRef.channel);
    const posted = isUnknown ? await postUnlessForum(channelRef, message) : undefined;
    const forum = posted ? undefined : await forumOf(channelRef.channel);
    const ref =
      posted ??
      (forum ? await postInForum(channelRef, title, body, forum) : await postMessage(channelRef, message));
    await rememberShown(handlers, ref, card);
    return ref;
  }

  async function postUnlessForum(
    channelRef: ChannelRef,
    body: RESTPostAPIChannelMessageJSONBody,
  ): Promise<MessageRef | undefined> {
    try {
      return await postMessage(channelRef, body);
    } catch (error) {
      if (hasCode(error, CODES.notAMessageChannel)) return undefined;
      throw error;
    }
  }

  async function postMessage(
    channelRef: ChannelRef,
    body: RESTPostAPIChannelMessageJSONBody,
  ): Promise<MessageRef> {
    const { id } = (await rest.post(Routes.channelMessages(channelRef.channel), { body })) as APIMessage;
    return refOf(channelRef.workspace, channelRef.channel, id);
  }

  /** Creates a forum post. The thread and its first message have the same id. Nonces have no effect here. */
  async function postInForum(
    channelRef: ChannelRef,
    title: string,
    message: RESTPostAPIChannelMessageJSONBody,
    { tags }: Forum,
  ): Promise<MessageRef> {
    const body = {
      name: clip(title, THREAD_NAME),
      auto_archive_duration: ThreadAutoArchiveDuration.ThreeDays,
      message,
      applied_tags: tags,
    };
    const { id } = (await rest.post(Routes.threads(channelRef.channel), { body })) as { id: string };
    return refOf(channelRef.workspace, id, id);
  }

  async function openThread(root: MessageRef, name: string): Promise<ChannelRef> {
    const { platform, workspace, channel, message } = root;
    // A thread has the id of its first message; a forum post is already a thread.
    const thread: ChannelRef = { platform, workspace, channel: message };
    if (channel === message) return thread;
    const body = {
      name: clip(name, THREAD_NAME),
      auto_archive_duration: ThreadAutoArchiveDuration.ThreeDays,
    };
    try {
      await rest.post(Routes.threads(channel, message), { body });
    } catch (error) {
      if (!hasCode(error, CODES.threadExists)) throw error;
    }
    return thread;
  }

  async function update(message: MessageRef, card: Card): Promise<void> {
    const body = toBody(await toPayload(card, handlers));
    await rest.patch(Routes.channelMessage(message.channel, message.message), { body });
    await rememberShown(handlers, message, card);
  }

  async function findPosted(address: ChannelRef, key: string, since: Date): Promise<MessageRef | undefined> {
    const channelRef = await locate(address);
    const marker = markerOf(channelRef, key);
    const isPosted = ({ author, embeds }: APIMessage) =>
      author.id === gateway.me && embeds.some(({ url }) => url?.endsWith(marker));
    if (await forumOf(channelRef.channel)) {
      for (const thread of await threadsOf(channelRef)) {
        if (SnowflakeUtil.timestampFrom(thread) < since.getTime()) continue;
        const first = await firstMessageOf(thread);
        if (first && isPosted(first)) return refOf(channelRef.workspace, thread, thread);
      }
      return undefined;
    }
    let after = String(SnowflakeUtil.generate({ timestamp: since.getTime(), increment: 0n }));
    for (let page = 0; page < PAGES_READ; page++) {
      const query = new URLSearchParams({ after, limit: String(MESSAGES_A_PAGE) });
      const messages = (await rest.get(Routes.channelMessages(channelRef.channel), {
        query,
      })) as RESTGetAPIChannelMessagesResult;
      const found = messages.find(isPosted);
      if (found) return refOf(channelRef.workspace, channelRef.channel, found.id);
      if (messages.length < MESSAGES_A_PAGE) return undefined;
      // The newest message is first.
      after = messages[0]?.id ?? after;
    }
    return undefined;
  }

  /** @returns `undefined` when it was deleted, which does not delete the thread */
  async function firstMessageOf(thread: string): Promise<APIMessage | undefined> {
    try {
      return (await rest.get(Routes.channelMessage(thread, thread))) as APIMessage;
    } catch (error) {
      if (hasCode(error, CODES.unknownMessage)) return undefined;
      throw error;
    }
  }

  async function threadsOf({ workspace, channel }: ChannelRef): Promise<string[]> {
    const { threads } = (await rest.get(
      Routes.guildActiveThreads(workspace),
    )) as RESTGetAPIGuildThreadsResult;
    return threads
      .filter((thread) => 'parent_id' in thread && thread.parent_id === channel)
      .map(({ id }) => id);
  }

  async function sendDirectMessage(workspace: string, person: string, card: Card): Promise<boolean> {
    try {
      const { channel: id } = await locate(directMessagesTo({ platform: PLATFORM, workspace, person }));
      const payload = await toPayload(card, handlers);
      await gateway.rest.post(Routes.channelMessages(id), { body: toBody(payload), ...rawFiles(payload) });
      return true;
    } catch (error) {
      if (hasCode(error, CODES.closedMessages, CODES.noCommonServer, CODES.unknownUser)) return false;
      throw error;
    }
  }

  async function canFind(channelRef: ChannelRef): Promise<boolean> {
    if (recipientOf(channelRef) !== undefined) return true;
    const { channel } = channelRef;
    const known = gateway.channel(channel);
    if (!known || known.isDMBased()) return true;
    return known.permissionsFor(gateway.me)?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
  }

  return {
    ...openChannels(gateway),
    ...openPastMessages(gateway, rest),
    idempotencyWindowMs: async (channelRef) =>
      recipientOf(channelRef) === undefined && (await forumOf(channelRef.channel)) ? 0 : NONCE_MS,
    post,
    openThread,
    update,
    findPosted,
    canFind,
    sendDirectMessage,
  };
}

function toBody({ embeds, components }: Payload, marker?: string): RESTPostAPIChannelMessageJSONBody {
  const [first, ...others] = embeds;
  const marked =
    first && marker !== undefined ? { ...first, url: `${withoutHash(first.url)}${marker}` } : first;
  return {
    embeds: marked ? [marked, ...others] : [],
    components,
    allowed_mentions: { parse: [] },
  };
}

/**
 * Returns the marker that identifies a message when it is read back: an invisible fragment in the URL of its
 * embed. Discord does not return nonces.
 */
function markerOf(channelRef: ChannelRef, key: string): string {
  return `#pb-${digestOf(channelRef, key)}`;
}

/** Includes the channel, because Discord compares nonces across all messages of the bot. */
function nonceOf(channelRef: ChannelRef, key: string): string {
  return digestOf(channelRef, key).slice(0, NONCE);
}

function digestOf({ channel }: ChannelRef, key: string): string {
  return createHash('sha256').update(`${channel}\n${key}`).digest('base64url').slice(0, NONCE);
}

function withoutHash(url = HOME): string {
  return url.replace(/#.*$/s, '');
}
