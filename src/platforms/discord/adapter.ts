/** Discord as a chat platform: one connection, or this process's share of several, and posting. */
import type { Client } from 'discord.js';
import type { Card } from '../../chat/card.ts';
import type { ChatHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { ChannelRef } from '../../chat/refs.ts';
import { supportedBy } from '../../command/catalogue.ts';
import { type OpenSharedPace, openRateLimiter } from '../../resilience/rate-limiter.ts';
import { type OpenSharedWindow, openRequestWindow } from '../../resilience/request-window.ts';
import {
  BACKGROUND_RATE,
  openPostingRest,
  POSTING_LIMITS,
  REQUEST_WINDOW,
  type ShardsHere,
} from './connection/client.ts';
import { RefusedByDiscord } from './connection/connect.ts';
import { openAccount, openGateway } from './connection/gateway.ts';
import { PLATFORM } from './posting/outgoing.ts';
import { openPosting } from './posting/posting.ts';
import { renameCommands } from './rendering/registered-paths.ts';
import { type DiscordSession, openSession, type SessionOptions } from './session.ts';

export interface DiscordOptions
  extends Omit<SessionOptions, 'handlers' | 'onConnected' | 'shardsHere' | 'pace' | 'window'> {
  /** For several processes, of which each has some of the connections. Absent if this is the only one. */
  readonly team?: DiscordTeam;
}

export interface DiscordTeam {
  /** Runs the connections that this process holds. */
  share(
    connections: readonly string[],
    start: (connection: string) => Promise<{ stop(): Promise<void> }>,
  ): { stop(): Promise<void> };
  readonly openSharedPace: OpenSharedPace;
  readonly openSharedWindow: OpenSharedWindow;
  agreeOn(name: string, wanted: string): Promise<string>;
}

/**
 * Discord lets a bot open one connection in five seconds:
 * https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
 */
const IDENTIFY_EVERY_MS = 5_500;

export function openDiscordChat(given: DiscordOptions): PostingPort {
  const { clock, team } = given;
  const window =
    team?.openSharedWindow('discord', REQUEST_WINDOW) ?? openRequestWindow(REQUEST_WINDOW, clock);
  const options = { ...given, window, catalogue: supportedBy(given.catalogue) };
  const pace =
    team?.openSharedPace('discord background', BACKGROUND_RATE.everyMs) ??
    openRateLimiter(BACKGROUND_RATE, clock);
  const identifying = team?.openSharedPace('discord identify', IDENTIFY_EVERY_MS);
  const sessions = new Set<DiscordSession>();
  const stopping = new AbortController();
  let held: { stop(): Promise<void> } | undefined;
  let posting: ReturnType<typeof openPosting> | undefined;

  async function start(given: ChatHandlers): Promise<void> {
    const handlers = { ...given, asRegistered: renameCommands(options.catalogue) };
    const rest = openPostingRest(options);
    const openWith = (onConnected: SessionOptions['onConnected'], shardsHere?: ShardsHere) => {
      const session = openSession({
        ...options,
        handlers,
        pace,
        onConnected,
        ...(shardsHere && { shardsHere }),
      });
      sessions.add(session);
      return session;
    };
    if (!team) {
      const session = openWith((client) => {
        const gateway = openGateway({ me: client.user.id, rest: client.rest, isWhole: true });
        gateway.add(client);
        posting = openPosting({ gateway, rest, handlers });
        return posting;
      });
      await session.ready;
      return;
    }
    const account = await openAccount(options);
    stopping.signal.throwIfAborted();
    const gateway = openGateway({ ...account, isWhole: false });
    const made = openPosting({ gateway, rest, handlers });
    posting = made;
    const wanted = String(account.shardCount);
    const agreed = await team.agreeOn('number of discord connections', wanted);
    if (agreed !== wanted)
      options.log.warn({ wanted, agreed }, 'discord: other processes use another number of connections');
    const names = Array.from({ length: Number(agreed) }, (_, at) => `discord connection ${at}`);
    held = team.share(names, async (name) => {
      await identifying?.acquire(stopping.signal);
      let connected: Client | undefined;
      const session = openWith(
        (client) => {
          connected = client;
          gateway.add(client);
          return made;
        },
        { only: names.indexOf(name), of: names.length },
      );
      const stop = async () => {
        sessions.delete(session);
        await session.stop();
        if (connected) gateway.remove(connected);
      };
      try {
        await session.ready;
      } catch (error) {
        await stop();
        // Trying again would use up the day's connections.
        if (error instanceof RefusedByDiscord) options.onDeath(error);
        throw error;
      }
      return { stop };
    });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    // A session that is starting ends by its own stop.
    await Promise.all([held?.stop(), ...[...sessions].map((session) => session.stop())]);
  }

  const started = () => {
    if (!posting) throw new Error('Discord has not started');
    return posting;
  };

  /** Reactions wait for it, because its papers are stored after Discord returns its id. */
  function remembered<Result>(work: Promise<Result>): Promise<Result> {
    for (const session of sessions) void session.remembering(work).catch(() => undefined);
    return work;
  }

  return {
    platform: PLATFORM,
    limits: POSTING_LIMITS,
    takesReactions: true,
    start,
    // A process without a connection posts all the same.
    isConnected: () =>
      [...sessions].every((session) => session.isConnected()) && (team !== undefined || sessions.size > 0),
    stop,
    idempotencyWindowMs: (channel: ChannelRef) => started().idempotencyWindowMs(channel),
    post: (...args) => remembered(started().post(...args)),
    openThread: (...args) => started().openThread(...args),
    update: (...args) => started().update(...args),
    findPosted: (...args) => started().findPosted(...args),
    canFind: (...args) => started().canFind(...args),
    startsThreads: (channel) => started().startsThreads(channel),
    nameOf: (channel) => started().nameOf(channel),
    aboutOf: (channel) => started().aboutOf(channel),
    visibleTo: (...args) => started().visibleTo(...args),
    classifyError: (...args) => started().classifyError(...args),
    sendDirectMessage: (...args: [string, string, Card]) => started().sendDirectMessage(...args),
    readPast: (...args) => started().readPast(...args),
  };
}
