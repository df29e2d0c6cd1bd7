/** Events that Slack sends to the bot: only those that its scopes and its channels allow. */
import { randomBytes } from 'node:crypto';
import { toMessageJson } from './json/messages.ts';
import type {
  Acknowledgement,
  Dispatch,
  FakeChannel,
  FakeDraft,
  FakeMessage,
  FakeWorkspace,
  User,
} from './model.ts';
import { checkEvent } from './schema/schemas.ts';
import type { JsonObject } from './wire.ts';
import type { World } from './world.ts';

interface SourceRecord {
  readonly workspace: FakeWorkspace;
  /** One of these scopes is needed; if empty, none is. */
  readonly scopes: readonly string[];
  /** The bot must be in the channel. */
  readonly within?: FakeChannel;
  readonly onAcknowledged?: (acknowledgement: Acknowledgement) => void;
}

/** The event that was sent; undefined if the bot does not receive it. */
export function emitEvent(world: World, event: JsonObject, telling: SourceRecord): Dispatch | undefined {
  const { workspace, scopes, within, onAcknowledged } = telling;
  if (world.events && !world.events.has(subscriptionOf(event))) return undefined;
  if (scopes.length > 0 && !scopes.some((scope) => workspace.scopes.has(scope))) return undefined;
  if (within && !within.isMember) return undefined;
  const problem = world.validate ? checkEvent(event) : undefined;
  if (problem) world.journal.violation(`The fake sent a bad ${String(event['type'])}: ${problem}`);
  const eventId = `Ev${randomBytes(8).toString('hex').toUpperCase()}`;
  const dispatch: Dispatch = {
    type: 'events_api',
    payload: {
      token: world.verificationToken,
      team_id: workspace.id,
      context_team_id: workspace.id,
      context_enterprise_id: null,
      api_app_id: world.appId,
      event,
      type: 'event_callback',
      event_id: eventId,
      event_time: Math.floor(world.now() / 1_000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: workspace.id,
          user_id: workspace.botUser.id,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${eventId}`,
    },
    words: `the event ${String(event['type'])}`,
    isEvent: true,
    sentAt: world.now(),
    attempts: 0,
    delivered: false,
    acknowledged: false,
    over: false,
    onAcknowledged: (body, afterMs) => onAcknowledged?.({ body, afterMs }),
    onFailed: () => {},
  };
  world.send(dispatch);
  return dispatch;
}

/** Subscriptions to messages are by the kind of channel. */
function subscriptionOf({ type, channel_type: kind }: JsonObject): string {
  if (type !== 'message') return String(type);
  return `message.${{ channel: 'channels', group: 'groups' }[String(kind)] ?? String(kind)}`;
}

const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im' } as const;
const HISTORY = { public: 'channels:history', private: 'groups:history', im: 'im:history' } as const;

function aboutMessages(channel: FakeChannel): SourceRecord {
  return { workspace: channel.workspace, scopes: [HISTORY[channel.kind]], within: channel };
}

/** The bot receives its own messages too. */
export function emitMessage(
  world: World,
  message: FakeMessage,
  onAcknowledged?: SourceRecord['onAcknowledged'],
): Dispatch | undefined {
  const { channel } = message;
  const event = {
    ...toMessageJson(message),
    channel: channel.id,
    channel_type: CHANNEL_TYPES[channel.kind],
    event_ts: message.ts,
    ...(message.author.bot && { app_id: world.appId }),
  };
  return emitEvent(world, event, { ...aboutMessages(channel), ...(onAcknowledged && { onAcknowledged }) });
}

export function emitMessageChanged(world: World, message: FakeMessage, previous: JsonObject): void {
  emitHidden(world, message, 'message_changed', {
    message: toMessageJson(message),
    previous_message: previous,
  });
}

export function emitMessageDeleted(world: World, message: FakeMessage, previous: JsonObject): void {
  emitHidden(world, message, 'message_deleted', { deleted_ts: message.ts, previous_message: previous });
}

function emitHidden(world: World, { channel }: FakeMessage, subtype: string, about: JsonObject): void {
  const ts = world.ids.ts();
  const common = {
    type: 'message',
    hidden: true,
    channel: channel.id,
    channel_type: CHANNEL_TYPES[channel.kind],
  };
  emitEvent(world, { ...common, subtype, ts, event_ts: ts, ...about }, aboutMessages(channel));
}

export interface Reacting {
  readonly message: FakeMessage;
  readonly user: User;
  readonly name: string;
}

export function emitReaction(
  world: World,
  type: 'reaction_added' | 'reaction_removed',
  { message, user, name }: Reacting,
  onAcknowledged?: SourceRecord['onAcknowledged'],
): Dispatch | undefined {
  const { channel } = message;
  const event = {
    type,
    user: user.id,
    reaction: name,
    ...(message.subtype !== 'bot_message' && { item_user: message.author.id }),
    item: { type: 'message', channel: channel.id, ts: message.ts },
    event_ts: world.ids.ts(),
  };
  const telling = { workspace: channel.workspace, scopes: ['reactions:read'], within: channel };
  return emitEvent(world, event, { ...telling, ...(onAcknowledged && { onAcknowledged }) });
}

/** The bot receives links to the domains that the app registered, even if it is not in the channel. */
export function emitLinkShared(
  world: World,
  { channel, author, ts, threadTs }: FakeMessage,
  urls: readonly string[],
  onAcknowledged: SourceRecord['onAcknowledged'],
): void {
  const where = {
    user: author.id,
    channel: channel.id,
    message_ts: ts,
    ...(threadTs && { thread_ts: threadTs }),
    is_bot_user_member: channel.isMember,
    unfurl_id: `${channel.id}-${ts}`,
    source: 'conversations_history',
  };
  emitLinks(world, channel.workspace, urls, where, onAcknowledged);
}

/** For links in a message that is still being written, Slack sends neither the channel nor a time. */
export function emitLinkComposed(
  world: World,
  workspace: FakeWorkspace,
  { id, author, links }: FakeDraft,
  onAcknowledged: SourceRecord['onAcknowledged'],
): void {
  const where = {
    user: author.id,
    channel: 'COMPOSER',
    message_ts: id,
    is_bot_user_member: true,
    unfurl_id: id,
    source: 'composer',
  };
  emitLinks(world, workspace, links, where, onAcknowledged);
}

function emitLinks(
  world: World,
  workspace: FakeWorkspace,
  urls: readonly string[],
  where: JsonObject,
  onAcknowledged: SourceRecord['onAcknowledged'],
): void {
  const links = urls.flatMap((url) => {
    const { hostname } = new URL(url);
    const domain = world.unfurlDomains.find((each) => hostname === each || hostname.endsWith(`.${each}`));
    return domain === undefined ? [] : [{ domain, url }];
  });
  if (links.length === 0) return;
  const event = { type: 'link_shared', ...where, links, event_ts: world.ids.ts() };
  const telling = { workspace, scopes: ['links:read'] };
  emitEvent(world, event, { ...telling, ...(onAcknowledged && { onAcknowledged }) });
}

/** A message that mentions the bot. It is sent again when it is edited, with the same `ts`. */
export function emitMention(
  world: World,
  { channel, author, ts, threadTs, text, blocks, files, editedAt }: FakeMessage,
  onAcknowledged: SourceRecord['onAcknowledged'],
): void {
  const event = {
    type: 'app_mention',
    user: author.id,
    ...(author.bot && { bot_id: author.id.replace(/^U/, 'B') }),
    text,
    ts,
    ...(threadTs && { thread_ts: threadTs }),
    channel: channel.id,
    event_ts: editedAt ? world.ids.ts() : ts,
    team: channel.workspace.id,
    blocks,
    ...(files.length > 0 && { files, upload: false }),
    ...(editedAt && { edited: { user: author.id, ts: `${Math.floor(editedAt.getTime() / 1_000)}.000000` } }),
  };
  const telling = { workspace: channel.workspace, scopes: ['app_mentions:read'], within: channel };
  emitEvent(world, event, { ...telling, ...(onAcknowledged && { onAcknowledged }) });
}
