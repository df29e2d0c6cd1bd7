/** A connected client: receives interactions, reactions and mentions, and passes them to the program. */
import {
  type Client,
  Events,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
  Status,
} from 'discord.js';
import type { Logger } from '../../base/log.ts';
import type { Card } from '../../chat/card.ts';
import type { ChatHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import { drainWithin, openInFlight } from '../../resilience/in-flight.ts';
import type { RateLimiter } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import { type DiscordSettings, inviteUrl, openClient, type ShardsHere } from './connection/client.ts';
import { connect } from './connection/connect.ts';
import { describeError } from './connection/errors.ts';
import { openInbound } from './interactions/inbound.ts';
import { listenToMentions } from './interactions/mentions.ts';
import { openReactions } from './interactions/reactions.ts';
import { register, removeElsewhere } from './interactions/register.ts';
import type { Registrable } from './interactions/registration.ts';
import { type Answerable, type LateAnswer, openResponder } from './interactions/responder.ts';
import { PLATFORM, type TeamOf, type WithNames } from './posting/outgoing.ts';

export interface SessionOptions extends DiscordSettings, Registrable {
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of requests that nobody waits for. */
  readonly pace: RateLimiter;
  /** Called with the URL for adding the bot to a server. */
  readonly onInvite: (url: string) => void;
  /** Called when Discord rejects the bot for good, for example after a revoked token. */
  readonly onDeath: (error: Error) => void;
  readonly handlers: ChatHandlers & WithNames;
  /** Called before anything is received. */
  readonly onConnected: (client: Client<true>) => Pick<PostingPort, 'sendDirectMessage'>;
  /** Absent if the client has all. */
  readonly shardsHere?: ShardsHere;
}

export interface DiscordSession {
  isConnected(): boolean;
  /** Reactions wait until a message is stored whose id Discord has returned, and so does the stop. */
  remembering<Result>(work: Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** Milliseconds that a stop waits for running work. */
const STOP_MS = 8_000;
/** Milliseconds that a reaction waits for messages that are being sent. */
const REMEMBERED_MS = 5_000;

/** @throws UserError when Discord rejects the connection or does not answer */
export function openSession(options: SessionOptions): DiscordSession & { readonly ready: Promise<void> } {
  const { clock, log, pace, teamOf, handlers, onInvite, onDeath, shardsHere } = options;
  const client = openClient(options, shardsHere);
  /** Running work: messages being sent, and everything else. */
  const sending = openInFlight();
  const reacting = openInFlight();
  const stopping = new AbortController();

  function run(work: Promise<void>): void {
    reacting
      .follow(work)
      .catch((error: unknown) => log.error(describeError(error), 'discord: handler failed'));
  }

  /** A message's papers are stored after Discord returns its id, but users may react earlier. */
  const untilRemembered = () => drainWithin(REMEMBERED_MS, clock, sending);

  async function start(): Promise<void> {
    client.on(Events.Error, (error) => log.error(describeError(error), 'discord: client error'));
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ ...describeError(error), shard }, 'discord: connection error'),
    );
    client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord: reconnecting'));
    const ready = await connect(client, options.token, { clock, signal: stopping.signal }, onDeath);
    // A share of the servers says nothing about whether there is only one.
    if (!shardsHere || shardsHere.of === 1)
      await handlers.onServers(PLATFORM, [...ready.guilds.cache.keys()]);
    const { sendDirectMessage } = options.onConnected(ready);
    const responder = openResponder({ handlers, clock, log, deliverLate });
    const take = openInbound({ ...options, handlers, responder, log });
    ready.on(Events.InteractionCreate, (interaction) => {
      if (!stopping.signal.aborted) void sending.follow(take(interaction));
    });
    const sendAlone = (person: string, card: Card) => sendDirectMessage(PLATFORM, person, card);
    const shared = { client: ready, handlers, teamOf, clock, untilRemembered, sendDirectMessage: sendAlone };
    const reactions = openReactions({ ...shared, log, pace });
    reactions.listen(run);
    listenToMentions({ ...options, ...shared }, run);
    if (!shardsHere || shardsHere.only === 0) {
      await register(ready, options);
      onInvite(inviteUrl(ready.application.id));
    }
    run(removeElsewhere(ready, options, pace, stopping.signal));
    const reconcile = () => run(reactions.reconcile(stopping.signal));
    // A new session may have missed events, at the start or when an old one could not be resumed.
    ready.on(Events.ShardReady, reconcile);
    reconcile();
  }

  /** Sends a public answer as a reply in the channel, and a private one as a direct message. */
  async function deliverLate({ interaction, visibility, payload, pending }: LateAnswer): Promise<void> {
    const { embeds, components } = payload;
    const body = { embeds, components, allowed_mentions: { parse: [], replied_user: false } };
    const { channelId, user } = interaction;
    if (visibility === 'public' && channelId !== null) {
      const below = pending ?? messageOf(interaction);
      const reference = below && { message_reference: { message_id: below, fail_if_not_exists: false } };
      await client.rest.post(Routes.channelMessages(channelId), { body: { ...body, ...reference } });
      return;
    }
    const opened = await client.rest.post(Routes.userChannels(), { body: { recipient_id: user.id } });
    const { id } = opened as RESTPostAPICurrentUserCreateDMChannelResult;
    await client.rest.post(Routes.channelMessages(id), { body });
  }

  return {
    ready: start(),
    isConnected: () => client.isReady() && client.ws.status === Status.Ready,
    remembering: (work) => sending.follow(work),

    async stop() {
      stopping.abort();
      const drained = drainWithin(STOP_MS, clock, sending, reacting);
      // The client never finishes its shutdown between identifying and ready.
      await withDeadline(
        { ms: STOP_MS, clock },
        () => drained.then(() => client.destroy()),
        () => undefined,
      );
    },
  };
}

/** Returns the message of a button or of a message command. */
function messageOf(interaction: Answerable): string | undefined {
  if (interaction.isButton()) return interaction.message.id;
  return interaction.isMessageContextMenuCommand() ? interaction.targetId : undefined;
}
