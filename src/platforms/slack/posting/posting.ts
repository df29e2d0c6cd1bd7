/** Posts scheduled messages and sends direct messages. */
import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Card } from '../../../chat/card.ts';
import { recipientOf } from '../../../chat/direct-messages.ts';
import type { ChatHandlers } from '../../../chat/handlers.ts';
import type { ChatPort, PostingPort, PostOptions } from '../../../chat/port.ts';
import type { ChannelRef, MessageRef } from '../../../chat/refs.ts';
import {
  type KeyedRateLimiter,
  type OpenSharedPace,
  openKeyedRateLimiter,
} from '../../../resilience/rate-limiter.ts';
import type { Clock } from '../../../time/clock.ts';
import { openDirectChannels } from '../../shared/direct-channels.ts';
import { refOf, targetOf, threadAddress } from '../connection/addresses.ts';
import { classifyError, refusalOf } from '../connection/errors.ts';
import type { Workspace, Workspaces } from '../workspaces/workspaces.ts';
import { openChannels } from './channels.ts';
import { rememberShown, toBody } from './outgoing.ts';
import { openPastMessages } from './past-messages.ts';

export type Posting = Omit<PostingPort, keyof ChatPort | 'limits'>;

export interface PostingOptions {
  readonly workspaces: Workspaces;
  readonly handlers: ChatHandlers;
  readonly clock: Clock;
  /** Absent if there is only one process. */
  readonly openSharedPace?: OpenSharedPace;
}

type Message = NonNullable<webApi.ConversationsHistoryResponse['messages']>[number];

/** Metadata type that identifies our messages when they are read back. Apps only see their own metadata. */
const EVENT_TYPE = 'paperboy_post';
/** Namespace of our UUIDs (RFC 9562, version 5). */
const NAMESPACE = Buffer.from('5b1f0e2a7c9d4e3f8a6b0c1d2e3f4a5b', 'hex');
/** Errors for users who cannot receive direct messages. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'cannot_dm_bot',
  'channel_not_found',
  'messages_tab_disabled',
  'user_disabled',
  'user_not_found',
]);

/**
 * Slack allows one message per second and channel, and undefined "short bursts".
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const CHANNEL_RATE = { everyMs: 1_000, burst: 3 };

/** Other processes may post in the same channel. */
function sharedByChannel(openSharedPace: OpenSharedPace): KeyedRateLimiter {
  return {
    acquire: (channel, signal) =>
      openSharedPace(`slack channel ${channel}`, CHANNEL_RATE.everyMs).acquire(signal),
  };
}

export function openPosting({ workspaces, handlers, clock, openSharedPace }: PostingOptions): Posting {
  const channels = openSharedPace
    ? sharedByChannel(openSharedPace)
    : openKeyedRateLimiter(CHANNEL_RATE, clock);
  const locate = openDirectChannels(async ({ workspace, person }) => {
    const { client } = await workspaces.of(workspace);
    const { channel } = await client.conversations.open({ users: person });
    return channel?.id ?? person;
  });

  async function post(address: ChannelRef, card: Card, { key }: PostOptions): Promise<MessageRef> {
    const channelRef = await locate(address);
    const { client } = await workspaces.of(channelRef.workspace);
    const body = await toBody(card, handlers, channelRef.workspace);
    const target = targetOf(channelRef.channel);
    await channels.acquire(target.channel);
    // Slack documents no idempotency key, but its list of errors mentions this id. Sending it does no harm.
    const once = { client_msg_id: uuidOf(`${channelRef.channel}\n${key}`) };
    const metadata = { event_type: EVENT_TYPE, event_payload: { key } };
    const { ts = '' } = await client.chat.postMessage({ ...target, ...body, ...once, metadata });
    const ref = refOf(channelRef.workspace, channelRef.channel, ts);
    await rememberShown(handlers, ref, card);
    return ref;
  }

  /** Needs no request, because Slack creates a thread with its first reply. */
  async function openThread({ platform, workspace, channel, message }: MessageRef): Promise<ChannelRef> {
    return { platform, workspace, channel: threadAddress(channel, message) };
  }

  async function update(message: MessageRef, card: Card): Promise<void> {
    const { client } = await workspaces.of(message.workspace);
    const { text, blocks } = await toBody(card, handlers, message.workspace);
    const { channel } = targetOf(message.channel);
    await client.chat.update({
      channel,
      ts: message.message,
      text,
      blocks,
      parse: 'none',
      link_names: false,
    });
    await rememberShown(handlers, message, card);
  }

  async function findPosted(address: ChannelRef, key: string, since: Date): Promise<MessageRef | undefined> {
    const channelRef = await locate(address);
    const workspace = await workspaces.of(channelRef.workspace);
    for await (const messages of pagesSince(workspace, channelRef, since)) {
      const found = messages.find((message) => isPosted(message, workspace, key));
      if (found?.ts !== undefined) return refOf(channelRef.workspace, channelRef.channel, found.ts);
    }
    return undefined;
  }

  async function* pagesSince(
    { client }: Workspace,
    channelRef: ChannelRef,
    since: Date,
  ): AsyncGenerator<Message[]> {
    const { channel, thread_ts } = targetOf(channelRef.channel);
    const oldest = (since.getTime() / 1_000).toFixed(6);
    for (let cursor: string | undefined; ; ) {
      const asked = { channel, oldest, include_all_metadata: true, ...(cursor !== undefined && { cursor }) };
      const page: webApi.ConversationsHistoryResponse | webApi.ConversationsRepliesResponse =
        thread_ts === undefined
          ? await client.conversations.history(asked)
          : await client.conversations.replies({ ...asked, ts: thread_ts });
      yield page.messages ?? [];
      cursor = page.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return;
    }
  }

  /** Reading back needs an optional scope, and membership in the channel. */
  async function canFind(channelRef: ChannelRef): Promise<boolean> {
    const { client } = await workspaces.of(channelRef.workspace);
    const { channel } = targetOf(channelRef.channel);
    const { response_metadata: told } = await client.auth.test();
    const scopes = new Set(told?.scopes);
    if (channel.startsWith('D') || recipientOf(channelRef) !== undefined) return scopes.has('im:history');
    if (!scopes.has('channels:history') && !scopes.has('groups:history')) return false;
    try {
      const { channel: facts } = await client.conversations.info({ channel });
      const needed = facts?.is_private === true ? 'groups:history' : 'channels:history';
      return facts?.is_member === true && scopes.has(needed);
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return false;
    }
  }

  async function sendDirectMessage(workspace: string, person: string, card: Card): Promise<boolean> {
    const { client } = await workspaces.of(workspace);
    try {
      await client.chat.postMessage({ channel: person, ...(await toBody(card, handlers, workspace)) });
      return true;
    } catch (error) {
      if (UNREACHABLE.has(refusalOf(error) ?? '')) return false;
      throw error;
    }
  }

  return {
    ...openChannels(workspaces, clock),
    ...openPastMessages(workspaces),
    idempotencyWindowMs: async () => 0,
    post,
    openThread,
    update,
    findPosted,
    canFind,
    classifyError,
    sendDirectMessage,
  };
}

function isPosted({ metadata, user, bot_id }: Message, workspace: Workspace, key: string): boolean {
  const isOurs = user === workspace.user || bot_id === workspace.bot;
  const told = metadata as { event_type?: string; event_payload?: { key?: unknown } } | undefined;
  return isOurs && told?.event_type === EVENT_TYPE && told.event_payload?.key === key;
}

function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
