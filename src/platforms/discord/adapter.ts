/** Discord as a chat platform: connects, registers commands, and passes interactions to the program. */
import { Events, type RESTPostAPICurrentUserCreateDMChannelResult, Routes, Status } from 'discord.js';
import type { Logger } from '../../base/log.ts';
import type { Card } from '../../chat/card.ts';
import type { ChatHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import { supportedBy } from '../../command/catalogue.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import { drainWithin, openInFlight } from '../../resilience/in-flight.ts';
import { openRateLimiter } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import {
  BACKGROUND_RATE,
  type DiscordSettings,
  inviteUrl,
  openClient,
  openPostingRest,
  POSTING_LIMITS,
} from './connection/client.ts';
import { connect } from './connection/connect.ts';
import { describeError } from './connection/errors.ts';
import { openInbound } from './interactions/inbound.ts';
import { listenToMentions } from './interactions/mentions.ts';
import { openReactions } from './interactions/reactions.ts';
import { register, removeElsewhere } from './interactions/register.ts';
import type { Registrable } from './interactions/registration.ts';
import { type Answerable, type LateAnswer, openResponder } from './interactions/responder.ts';
import { PLATFORM, type TeamOf } from './posting/outgoing.ts';
import { openPosting } from './posting/posting.ts';
import { renameCommands } from './rendering/registered-paths.ts';

export interface DiscordOptions extends DiscordSettings, Registrable {
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called with the URL for adding the bot to a server. */
  readonly onInvite: (url: string) => void;
  /** Called when Discord rejects the bot for good, for example after a revoked token. */
  readonly onDeath: (error: Error) => void;
}

/** Milliseconds that a stop waits for running work. */
const STOP_MS = 8_000;
/** Milliseconds that a reaction waits for messages that are being sent. */
const REMEMBERED_MS = 5_000;

export function openDiscordChat(given: DiscordOptions): PostingPort {
  const options = { ...given, catalogue: supportedBy(given.catalogue) };
  const { clock, log, teamOf, onInvite, onDeath } = options;
  const client = openClient(options);
  /** Running work: messages being sent, and everything else. */
  const sending = openInFlight();
  const reacting = openInFlight();
  const stopping = new AbortController();
  let posting: ReturnType<typeof openPosting> | undefined;

  function run(work: Promise<void>): void {
    reacting
      .follow(work)
      .catch((error: unknown) => log.error(describeError(error), 'discord: handler failed'));
  }

  /** A message's papers are stored after Discord returns its id, but users may react earlier. */
  const untilRemembered = () => drainWithin(REMEMBERED_MS, clock, sending);

  async function start(given: ChatHandlers): Promise<void> {
    const handlers = { ...given, asRegistered: renameCommands(options.catalogue) };
    client.on(Events.Error, (error) => log.error(describeError(error), 'discord: client error'));
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ ...describeError(error), shard }, 'discord: connection error'),
    );
    client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord: reconnecting'));
    const ready = await connect(client, options.token, clock, onDeath);
    await handlers.onServers(PLATFORM, [...ready.guilds.cache.keys()]);
    posting = openPosting({ client: ready, rest: openPostingRest(options), handlers });
    const { sendDirectMessage } = posting;
    const responder = openResponder({ handlers, clock, log, deliverLate });
    const take = openInbound({ ...options, handlers, responder, log });
    ready.on(Events.InteractionCreate, (interaction) => {
      if (!stopping.signal.aborted) void sending.follow(take(interaction));
    });
    const pace = openRateLimiter(BACKGROUND_RATE, clock);
    const sendAlone = (person: string, card: Card) => sendDirectMessage(PLATFORM, person, card);
    const reactions = openReactions({
      client: ready,
      handlers,
      teamOf,
      clock,
      log,
      pace,
      untilRemembered,
      sendDirectMessage: sendAlone,
    });
    reactions.listen(run);
    listenToMentions(
      { ...options, client: ready, handlers, untilRemembered, sendDirectMessage: sendAlone },
      run,
    );
    await register(ready, options);
    run(removeElsewhere(ready, options, pace, stopping.signal));
    onInvite(inviteUrl(ready.application.id));
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

  async function stop(): Promise<void> {
    stopping.abort();
    const drained = drainWithin(STOP_MS, clock, sending, reacting);
    // The client never finishes its shutdown between identifying and ready.
    await withDeadline(
      { ms: STOP_MS, clock },
      () => drained.then(() => client.destroy()),
      () => undefined,
    );
  }

  const started = () => {
    if (!posting) throw new Error('Discord has not started');
    return posting;
  };

  return {
    platform: PLATFORM,
    limits: POSTING_LIMITS,
    takesReactions: true,
    start,
    isConnected: () => client.isReady() && client.ws.status === Status.Ready,
    stop,
    idempotencyWindowMs: (channel: ChannelRef) => started().idempotencyWindowMs(channel),
    post: (...args) => sending.follow(started().post(...args)),
    openThread: (...args) => started().openThread(...args),
    update: (...args) => started().update(...args),
    findPosted: (...args) => started().findPosted(...args),
    canFind: (...args) => started().canFind(...args),
    startsThreads: (channel) => started().startsThreads(channel),
    nameOf: (channel) => started().nameOf(channel),
    aboutOf: (channel) => started().aboutOf(channel),
    visibleTo: (...args) => started().visibleTo(...args),
    classifyError: (...args) => started().classifyError(...args),
    sendDirectMessage: (...args) => started().sendDirectMessage(...args),
    readPast: (...args) => started().readPast(...args),
  };
}

/** Returns the message of a button or of a message command. */
function messageOf(interaction: Answerable): string | undefined {
  if (interaction.isButton()) return interaction.message.id;
  return interaction.isMessageContextMenuCommand() ? interaction.targetId : undefined;
}
