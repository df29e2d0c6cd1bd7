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
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { ChatHandlers } from '../../../chat/handlers.ts';
import type { MessageRef } from '../../../chat/refs.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { PLATFORM, refOf, rememberShown, type TeamOf, toPayload } from '../posting/outgoing.ts';
import { openRepeats } from './repeats.ts';

export interface MentionOptions {
  readonly client: Client<true>;
  readonly handlers: ChatHandlers;
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  /** Resolves when what was sent before is known to show its papers. */
  readonly untilRemembered: () => Promise<void>;
}

/** Milliseconds after which nobody waits for an answer any more. */
const ANSWERABLE_MS = 60_000;
/** Of people and of other bots, so that nothing of it reaches the answer as markup. */
const MENTION = /<@[!&]?\d+>/g;

/** Begins to listen to Discord's raw events: nothing has to be in a cache. */
export function listenToMentions(options: MentionOptions, run: (work: Promise<void>) => void): void {
  const { client, handlers, teamOf, clock, untilRemembered } = options;
  const me = client.user.id;
  const isRepeated = openRepeats();

  async function take(message: GatewayMessageCreateDispatchData): Promise<void> {
    if (!speaksToUs(message) || isRepeated(message.id)) return;
    await untilRemembered();
    const { id, author, channel_id: channelId, guild_id: guild, content } = message;
    const ref = refOf(guild, channelId, id);
    const question = {
      caller: {
        platform: PLATFORM,
        workspace: PLATFORM,
        person: author.id,
        ...teamOf(ref, author.id),
        channel: ref,
      },
      question: content.replace(MENTION, ' ').replace(/\s+/g, ' ').trim(),
      about: await messagesAbout(message),
    };
    const card = await abortAfter({ ms: ANSWERABLE_MS, clock }, (signal) =>
      handlers.mentioned({ ...question, signal }),
    );
    if (!card) return;
    const { embeds, components } = await toPayload(card, handlers);
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
