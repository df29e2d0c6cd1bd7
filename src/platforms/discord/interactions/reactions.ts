/** Handles reactions, and catches up on reactions from downtime. */
import {
  type APIMessage,
  type Client,
  GatewayDispatchEvents,
  type GatewayMessageReactionAddDispatchData,
  type GatewayMessageReactionRemoveAllDispatchData,
  type GatewayMessageReactionRemoveDispatchData,
  type GatewayMessageReactionRemoveEmojiDispatchData,
  type RESTGetAPIChannelMessageReactionUsersResult,
  ReactionType,
  Routes,
} from 'discord.js';
import type { Logger } from '../../../base/log.ts';
import type { Card } from '../../../chat/card.ts';
import type { ChatHandlers, ReactedMessage, Reaction } from '../../../chat/handlers.ts';
import type { StandingReaction } from '../../../chat/port.ts';
import type { MessageRef } from '../../../chat/refs.ts';
import type { RateLimiter } from '../../../resilience/rate-limiter.ts';
import { openWindowLimiter } from '../../../resilience/window-limiter.ts';
import type { Clock } from '../../../time/clock.ts';
import { describeError } from '../connection/errors.ts';
import { PLATFORM, refOf, type TeamOf } from '../posting/outgoing.ts';

export interface ReactionOptions {
  readonly client: Client<true>;
  readonly handlers: ChatHandlers;
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  readonly log: Logger;
  /** For requests that read reactions back. */
  readonly pace: RateLimiter;
  /** Resolves when the papers of earlier messages are stored. */
  readonly untilRemembered: () => Promise<void>;
  /** Sends a direct message. */
  readonly sendDirectMessage: (person: string, card: Card) => Promise<boolean>;
}

/** Most messages to check after downtime. Each needs two requests, and more with many reactions. */
const RECONCILED_MESSAGES = 100;
/** Users per request. https://discord.com/developers/docs/resources/message#get-reactions */
const USERS_A_PAGE = 100;

/**
 * Most direct messages about a first save per window, because Discord treats a bot that opens many as spam.
 */
const NOTICES = 10;
const NOTICE_WINDOW_MS = 10 * 60_000;

type Emoji = GatewayMessageReactionAddDispatchData['emoji'];

export interface Reactions {
  /** Listens to Discord's raw events, which need no cache. */
  listen(run: (work: Promise<void>) => void): void;
  /** Catches up on reactions from downtime; stops when aborted. */
  reconcile(signal: AbortSignal): Promise<void>;
}

export function openReactions(options: ReactionOptions): Reactions {
  const { client, handlers, teamOf, clock, log, pace, untilRemembered, sendDirectMessage } = options;
  const me = client.user.id;
  const mayNotify = openWindowLimiter(NOTICES, NOTICE_WINDOW_MS, clock);

  async function react(
    message: MessageRef,
    person: string,
    emoji: string,
    what: Pick<Reaction, 'added' | 'found' | 'isSuper'>,
  ): Promise<void> {
    await untilRemembered();
    const team = teamOf(message, person);
    const caller = { platform: PLATFORM, workspace: PLATFORM, person, ...team, channel: message };
    const card = await handlers.reacted({ message, caller, emoji, ...what });
    if (card && mayNotify()) await sendDirectMessage(person, card);
  }

  function listen(run: (work: Promise<void>) => void): void {
    const { ws } = client;
    const on = <Data>(event: GatewayDispatchEvents, take: (data: Data) => Promise<void>) =>
      void ws.on(event, (data: Data) => run(take(data)));
    on<GatewayMessageReactionAddDispatchData>(GatewayDispatchEvents.MessageReactionAdd, async (data) => {
      const emoji = nameOf(data.emoji);
      const isOurs = data.message_author_id === undefined || data.message_author_id === me;
      if (!isOurs || data.user_id === me || data.member?.user?.bot || !handlers.understands(emoji)) return;
      await react(refOf(data.guild_id, data.channel_id, data.message_id), data.user_id, emoji, {
        added: true,
        isSuper: data.burst,
      });
    });
    on<GatewayMessageReactionRemoveDispatchData>(
      GatewayDispatchEvents.MessageReactionRemove,
      async (data) => {
        const emoji = nameOf(data.emoji);
        if (data.user_id === me || !handlers.understands(emoji)) return;
        await react(refOf(data.guild_id, data.channel_id, data.message_id), data.user_id, emoji, {
          added: false,
          isSuper: data.burst,
        });
      },
    );
    on<GatewayMessageReactionRemoveAllDispatchData>(
      GatewayDispatchEvents.MessageReactionRemoveAll,
      ({ guild_id, channel_id, message_id }) => handlers.cleared(refOf(guild_id, channel_id, message_id)),
    );
    on<GatewayMessageReactionRemoveEmojiDispatchData>(
      GatewayDispatchEvents.MessageReactionRemoveEmoji,
      ({ guild_id, channel_id, message_id, emoji }) =>
        handlers.cleared(refOf(guild_id, channel_id, message_id), nameOf(emoji)),
    );
  }

  async function reconcile(signal: AbortSignal): Promise<void> {
    for (const reacted of await handlers.reactable(PLATFORM, RECONCILED_MESSAGES)) {
      if (signal.aborted) return;
      try {
        await reconcileMessage(reacted, signal);
      } catch (error) {
        // The message is gone or unreadable; saved papers stay saved.
        log.debug(
          { ...describeError(error), message: reacted.message.message },
          'discord: reactions not read back',
        );
      }
    }
  }

  async function reconcileMessage({ message, known }: ReactedMessage, signal: AbortSignal): Promise<void> {
    const { channel, message: id } = message;
    await pace.acquire(signal);
    const found = (await client.rest.get(Routes.channelMessage(channel, id), until(signal))) as APIMessage;
    const standing = new Set<string>();
    for (const { emoji, count_details: counts } of found.reactions ?? []) {
      const name = nameOf(emoji);
      if (!handlers.understands(name)) continue;
      for (const isSuper of [false, true]) {
        if ((isSuper ? counts.burst : counts.normal) === 0) continue;
        for await (const person of reactorsOf(channel, id, { emoji, isSuper }, signal)) {
          standing.add(keyOf({ person, emoji: name, isSuper }));
          await react(message, person, name, { added: true, found: true, isSuper });
        }
      }
    }
    for (const each of known) {
      const { person, emoji, isSuper = false } = each;
      if (!standing.has(keyOf(each))) await react(message, person, emoji, { added: false, isSuper });
    }
  }

  async function* reactorsOf(
    channel: string,
    message: string,
    { emoji, isSuper }: { readonly emoji: Emoji; readonly isSuper: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const route = Routes.channelMessageReaction(channel, message, encodeURIComponent(identifierOf(emoji)));
    // Discord returns one kind per request, by default the normal one.
    const type = String(isSuper ? ReactionType.Super : ReactionType.Normal);
    for (let after = '0'; ; ) {
      await pace.acquire(signal);
      const query = new URLSearchParams({ type, limit: String(USERS_A_PAGE), after });
      const users = (await client.rest.get(route, {
        query,
        ...until(signal),
      })) as RESTGetAPIChannelMessageReactionUsersResult;
      for (const { id, bot } of users) if (!bot && id !== me) yield id;
      if (users.length < USERS_A_PAGE) return;
      after = users.at(-1)?.id ?? after;
    }
  }

  return { listen, reconcile };
}

/** Returns a new signal per request, because the client never removes its listener. */
function until(signal: AbortSignal): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.any([signal]) };
}

function keyOf({ person, emoji, isSuper = false }: StandingReaction): string {
  return JSON.stringify([person, emoji, isSuper]);
}

/** Returns the character, or the name of a custom emoji. */
function nameOf({ name, id }: Emoji): string {
  return name ?? id ?? '';
}

function identifierOf({ name, id }: Emoji): string {
  return id === null || id === undefined ? (name ?? '') : `${name ?? '_'}:${id}`;
}
