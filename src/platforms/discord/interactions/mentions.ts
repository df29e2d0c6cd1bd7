/**
 * Answers messages that mention the bot. Discord sends their text without the privileged message content
 * intent: https://docs.discord.com/developers/events/gateway#message-content-intent
 */
import {
  type APIMessage,
  type Client,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  MessageType,
  PermissionFlagsBits,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { Caller } from '../../../chat/caller.ts';
import { type Card, sentence } from '../../../chat/card.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import { DIRECT, type MessageRef } from '../../../chat/refs.ts';
import { explainedOnce } from '../../../chat/saving-hint.ts';
import type { Catalogue } from '../../../command/catalogue.ts';
import { toSaid } from '../../../command/parse.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import {
  PLATFORM,
  rawFiles,
  refOf,
  rememberShown,
  type TeamOf,
  toPayload,
  type WithNames,
} from '../posting/outgoing.ts';
import { toAttachedFile } from './attached-file.ts';
import { openRepeats } from './repeats.ts';

export interface MentionOptions {
  readonly apiUrl: string;
  readonly catalogue: Catalogue;
  readonly client: Client<true>;
  readonly handlers: ChatHandlers & WithNames;
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  /** Sends a direct message; false if the user does not accept any. */
  readonly sendDirectMessage: (person: string, card: Card) => Promise<boolean>;
  /** Resolves when the papers of earlier messages are stored. */
  readonly untilRemembered: () => Promise<void>;
}

/** Milliseconds after which an answer is no longer useful. */
const ANSWERABLE_MS = 60_000;
/** Mentions of users and bots, which are removed from the question. */
const MENTION = /<@[!&]?\d+>/g;

/** Listens to Discord's raw events, which need no cache. */
export function listenToMentions(options: MentionOptions, run: (work: Promise<void>) => void): void {
  const { apiUrl, catalogue, client, handlers, teamOf, clock, sendDirectMessage, untilRemembered } = options;
  const me = client.user.id;
  const isRepeated = openRepeats();

  async function take(message: GatewayMessageCreateDispatchData): Promise<void> {
    if (!speaksToUs(message) || isRepeated(message.id)) return;
    await untilRemembered();
    const { id, author, channel_id: channelId, guild_id: guild, content, attachments } = message;
    const ref = refOf(guild, channelId, id);
    const caller: Caller = {
      platform: PLATFORM,
      workspace: PLATFORM,
      person: author.id,
      ...teamOf(ref, author.id),
      channel: ref,
      canManageChannel: await canManage(message),
    };
    const question = toSaid(catalogue, content.replace(MENTION, ' '));
    const about = await messagesAbout(message);
    const [sent] = attachments;
    const file = sent && { file: toAttachedFile({ ...sent, name: sent.filename }, apiUrl) };
    const card = await abortAfter({ ms: ANSWERABLE_MS, clock }, async (signal) =>
      visibleTo(
        caller,
        // Not under a paper, it is a command, or words to look for, as in Slack.
        (await handlers.mentioned({ caller, question, about, signal })) ??
          (await handlers.answer({ caller, said: question, signal, ...file })),
      ),
    );
    if (!card) return;
    const explained = await explainedOnce(card, ref, handlers);
    const payload = await toPayload(explained, handlers, author.id);
    const { embeds, components } = payload;
    const body: RESTPostAPIChannelMessageJSONBody = {
      embeds,
      components,
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: id, fail_if_not_exists: false },
      // Prevents duplicates when the client retries after a lost response.
      nonce: id,
      enforce_nonce: true,
    };
    const answer = (await client.rest.post(Routes.channelMessages(channelId), {
      body,
      ...rawFiles(payload),
    })) as APIMessage;
    await rememberShown(handlers, refOf(guild, channelId, answer.id), card);
  }

  /** @returns the public answer; a private one is sent as a direct message */
  async function visibleTo(caller: Caller, { card, visibility }: CommandAnswer): Promise<Card | undefined> {
    if (visibility === 'public' || caller.channel?.workspace === DIRECT) return card;
    if (await sendDirectMessage(caller.person, card)) return undefined;
    return sentence(
      'This answer is private, but you do not accept direct messages from the bot. Use the slash command instead.',
      'problem',
    );
  }

  /** Looks up the permissions, because messages do not contain them. */
  async function canManage({
    guild_id: guild,
    channel_id: id,
    author,
  }: GatewayMessageCreateDispatchData): Promise<boolean> {
    const channel = client.channels.cache.get(id);
    if (guild === undefined || !channel || channel.isDMBased()) return false;
    const member = await channel.guild.members.fetch(author.id).catch(() => undefined);
    return member !== undefined && channel.permissionsFor(member).has(PermissionFlagsBits.ManageChannels);
  }

  /** True when a user typed a mention. Replies to our messages mention us too, but not in their text. */
  function speaksToUs({ author, webhook_id, type, content }: GatewayMessageCreateDispatchData): boolean {
    const isOfPerson = author.bot !== true && webhook_id === undefined;
    const isSaid = type === MessageType.Default || type === MessageType.Reply;
    return isOfPerson && isSaid && new RegExp(`<@!?${me}>`).test(content);
  }

  async function messagesAbout(message: GatewayMessageCreateDispatchData): Promise<MessageRef[]> {
    const { channel_id: channel, guild_id: guild, message_reference: reference } = message;
    const answered = reference?.message_id;
    const parent = guild === undefined ? undefined : await parentOf(channel);
    return [
      ...(answered === undefined ? [] : [refOf(guild, channel, answered)]),
      // A thread has the id of its first message, which is in the parent channel or, in a forum, in the
      // thread itself.
      ...(parent === undefined ? [] : [refOf(guild, parent, channel), refOf(guild, channel, channel)]),
    ];
  }

  /** Returns the channel of a thread. */
  async function parentOf(channel: string): Promise<string | undefined> {
    const found = await client.channels.fetch(channel).catch(() => null);
    return found?.isThread() ? (found.parentId ?? undefined) : undefined;
  }

  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) =>
    run(take(message)),
  );
}
