/**
 * Questions that are put by mentioning the bot. Discord delivers the text of a message that mentions a bot without the privileged
 * intent for the text of all: https://docs.discord.com/developers/events/gateway#message-content-intent
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
import type { Catalogue } from '../../../command/catalogue.ts';
import { formatLine } from '../../../command/line.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { PLATFORM, refOf, rememberShown, type TeamOf, toPayload } from '../posting/outgoing.ts';
import { openRepeats } from './repeats.ts';

export interface MentionOptions {
  readonly client: Client<true>;
  readonly handlers: ChatHandlers;
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Sends a message to one person; false if they take none. */
  readonly sendDirectMessage: (person: string, card: Card) => Promise<boolean>;
  /** Resolves when what was sent before is known to show its papers. */
  readonly untilRemembered: () => Promise<void>;
}

/** Milliseconds after which nobody waits for an answer any more. */
const ANSWERABLE_MS = 60_000;
/** Of people and of other bots, so that nothing of it reaches the answer as markup. */
const MENTION = /<@[!&]?\d+>/g;

/** Begins to listen to Discord's raw events: nothing has to be in a cache. */
export function listenToMentions(options: MentionOptions, run: (work: Promise<void>) => void): void {
  const { client, handlers, teamOf, clock, catalogue, sendDirectMessage, untilRemembered } = options;
  const me = client.user.id;
  const isRepeated = openRepeats();

  async function take(message: GatewayMessageCreateDispatchData): Promise<void> {
    if (!speaksToUs(message) || isRepeated(message.id)) return;
    await untilRemembered();
    const { id, author, channel_id: channelId, guild_id: guild, content } = message;
    const ref = refOf(guild, channelId, id);
    const caller: Caller = {
      platform: PLATFORM,
      workspace: PLATFORM,
      person: author.id,
      ...teamOf(ref, author.id),
      channel: ref,
      canManageChannel: await canManage(message),
    };
    const question = content.replace(MENTION, ' ').replace(/\s+/g, ' ').trim();
    const about = await messagesAbout(message);
    const card = await abortAfter({ ms: ANSWERABLE_MS, clock }, async (signal) =>
      visibleTo(
        caller,
        // Not under a paper, it is a command, or words to look for, as in Slack.
        (await handlers.mentioned({ caller, question, about, signal })) ??
          (await handlers.answer({ caller, line: lineOf(question), signal })),
      ),
    );
    if (!card) return;
    const { embeds, components } = await toPayload(card, handlers, author.id);
    const body: RESTPostAPIChannelMessageJSONBody = {
      embeds,
      components,
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: id, fail_if_not_exists: false },
      // A request whose answer was lost is sent again by the client.
      nonce: id,
      enforce_nonce: true,
    };
    const answer = (await client.rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
    await rememberShown(handlers, refOf(guild, channelId, answer.id), card);
  }

  /** @returns what everybody may see; the rest goes to the asker alone */
  async function visibleTo(caller: Caller, { card, visibility }: CommandAnswer): Promise<Card | undefined> {
    if (visibility === 'public' || caller.channel?.workspace === DIRECT) return card;
    if (await sendDirectMessage(caller.person, card)) return undefined;
    return sentence(
      'The answer is for you alone, and you take no direct messages from me: type it as a slash command.',
      'problem',
    );
  }

  function lineOf(words: string): string {
    if (words === '') return '/papers help';
    if (commandNamedBy(catalogue, words)) return words;
    return formatLine({ root: 'papers', name: 'search', args: { query: words } });
  }

  /** As Discord says it: a message brings no permissions along. */
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

  /** Replying to a message of ours names us too, unless switched off; only who writes our name out asks something. */
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
      // A thread has the id of the message that it started from: one of its parent or, in a forum, one of its own.
      ...(parent === undefined ? [] : [refOf(guild, parent, channel), refOf(guild, channel, channel)]),
    ];
  }

  /** Of a thread, the channel that it is in. */
  async function parentOf(channel: string): Promise<string | undefined> {
    const found = await client.channels.fetch(channel).catch(() => null);
    return found?.isThread() ? (found.parentId ?? undefined) : undefined;
  }

  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) =>
    run(take(message)),
  );
}
