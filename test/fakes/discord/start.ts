/**
 * A Discord on loopback for the real client: REST v10 under `url`, and the gateway (v10, JSON) at the address
 * that REST returns. It enforces Discord's rules and limits, validates each request with Discord's OpenAPI
 * document and each of its own events with the gateway's types, and records violations. Tests open it with
 * `openFakeDiscord`. Benchmarks, and tests that run the bot as a process, use this module.
 *
 *     const discord = await startFakeDiscord();
 *     const guild = discord.addGuild({ channels: ['papers'] });
 *     // … start the bot with DISCORD_API_URL=discord.url and DISCORD_TOKEN=discord.token …
 *     const ada = discord.addPerson('ada');
 *     const answer = await ada.command(guild.channel('papers'), 'papers', 'search', { query: 'x' }).answered;
 */
import { type Clock, systemClock } from '../../../src/time/clock.ts';
import { openFaults } from '../faults.ts';
import { openRequestLog, type RequestLog, type SeenRequest } from '../request-log.ts';
import type { DiscordFault, DiscordFaults } from './faults.ts';
import { openGateway } from './gateway/gateway.ts';
import type { Gateway } from './gateway/port.ts';
import { reportUnanswered } from './interaction.ts';
import type {
  FakeChannel,
  FakeGuild,
  FakeInteraction,
  FakeMessage,
  GuildOptions,
  RegisteredCommand,
} from './model.ts';
import { FakePerson, type PersonOptions } from './people/person.ts';
import { Guild } from './places.ts';
import { FINAL_CODES, Opcode } from './protocol.ts';
import { openRateLimits, UNLIMITED } from './rest/rate-limits.ts';
import { allRoutes } from './rest/routes.ts';
import { createRestServer } from './rest/server.ts';
import { createWorld, type Portal } from './world.ts';

export interface FakeDiscordOptions {
  readonly token?: string;
  /**
   * For rules that depend on time: 3 s, 15 min, nonces, 24 h. Spacing and rates between sockets use the
   * machine's clock.
   */
  readonly clock?: Clock;
  /** Turn off for large loads: schemas are skipped, but not rules and limits. */
  readonly validate?: boolean;
  readonly heartbeatMs?: number;
  readonly recommendedShards?: number;
  /** Rate limits of REST, and 5 s between IDENTIFYs. */
  readonly limits?: boolean;
  /** By default as many as Discord allows: 1,000. */
  readonly identifiesADay?: number;
  /** Bits that are enabled in the developer portal; none by default. */
  readonly privilegedIntents?: number;
  /** Differences from a new application. */
  readonly portal?: Partial<Portal>;
}

export interface FakeDiscord {
  /** For `DISCORD_API_URL`. */
  readonly url: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  /** Descriptions of broken rules. */
  readonly violations: string[];
  /** The latest requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Answers with 401, 403 or 429. 10,000 of them in ten minutes get a bot's address banned. */
  readonly invalidRequests: number;
  readonly identifies: number;
  readonly resumes: number;
  /** Open sockets of the gateway. */
  readonly connections: number;
  readonly faults: DiscordFaults;
  /** Allows violations that match: the test is about them. */
  allow(pattern: RegExp): void;
  addGuild(options?: GuildOptions): FakeGuild;
  addPerson(name?: string, options?: PersonOptions): FakePerson;
  /** Also finds threads and direct messages. Throws if there is none. */
  channel(id: string): FakeChannel;
  messagesIn(channelId: string): readonly FakeMessage[];
  registeredCommands(guildId?: string): readonly RegisteredCommand[];
  /** Sends the same interaction again. */
  redeliver(interaction: FakeInteraction): void;
  /** Resolves as soon as this holds. It is checked after each request and each change of a connection. */
  until(holds: () => boolean): Promise<void>;
  /** Breaks the sockets. Sessions stay and can be resumed. */
  cutConnections(): void;
  /**
   * Closes the sockets with a code, such as 4000. A code that means "do not reconnect" (4004, 4014) ends the
   * sessions too.
   */
  closeGateway(code: number): void;
  /** Sockets stay open, but nothing gets through: no heartbeat is acknowledged, no event arrives. */
  silenceGateway(): void;
  /** While refused, no socket of the gateway can be opened. */
  refuseGateway(refused: boolean): void;
  /** Ends the past few minutes: every nonce counts as a new one. */
  forgetNonces(): void;
  /** Op 7: the client must reconnect and resume. */
  askToReconnect(): void;
  /** Op 9. */
  invalidateSession(resumable: boolean): void;
  stop(): Promise<void>;
}

/** Requests from before the stop are still answered, unless a fault holds them. */
const ANSWERS_WITHIN_MS = 500;

/**
 * The answers that Discord counts towards the 10,000 in ten minutes:
 * https://docs.discord.com/developers/topics/rate-limits
 */
const INVALID = [401, 403, 429];

function invalidRequestsIn({ statuses }: RequestLog): number {
  return INVALID.reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
}

const IDENTIFIES_A_DAY = 1_000;
/** Discord's own interval. */
const HEARTBEAT_MS = 41_250;

export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const journal = openRequestLog();
  const world = createWorld({
    journal,
    clock: options.clock ?? systemClock,
    token: options.token ?? 'MTIzNDU2Nzg5MDEyMzQ1Njc4.fake.token-of-the-fake-discord',
    validate: options.validate ?? true,
    privilegedIntents: options.privilegedIntents ?? 0,
    portal: { botPublic: true, codeGrant: false, interactionsUrl: undefined, ...options.portal },
  });
  const faults = openFaults<DiscordFault>();
  const rateLimits = options.limits ? openRateLimits() : UNLIMITED;
  const rest = createRestServer({ world, gateway: () => gateway, faults, rateLimits }, () =>
    allRoutes(rest.server, options.recommendedShards ?? 1),
  );
  const { server, answeredAll } = rest;
  const gateway: Gateway = openGateway(world, server, {
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    identifySpacingMs: options.limits ? 5_000 : 0,
    identifiesADay: options.identifiesADay ?? IDENTIFIES_A_DAY,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The fake does not listen');

  const channel = (id: string) => {
    const found = world.channels.get(id);
    if (!found) throw new Error(`No channel ${id}`);
    return found;
  };
  let stopped = false;
  return {
    url: `http://127.0.0.1:${address.port}/api`,
    token: world.token,
    applicationId: world.applicationId,
    botUserId: world.bot.id,
    violations: journal.violations,
    requests: journal.requests,
    get invalidRequests() {
      return invalidRequestsIn(journal);
    },
    get identifies() {
      return gateway.identifies;
    },
    get resumes() {
      return gateway.resumes;
    },
    get connections() {
      return gateway.connections.size;
    },
    faults,
    allow: journal.allow,
    addGuild: (making = {}) => new Guild(world, making),
    addPerson: (name = 'ada', making = {}) => new FakePerson(world, name, making),
    channel,
    messagesIn: (id) => channel(id).messages,
    registeredCommands: (guildId = 'global') => world.commands.get(guildId) ?? [],
    redeliver({ token }) {
      const event = world.interactions.get(token)?.event;
      if (event) world.emit(event);
    },
    until: journal.until,
    cutConnections() {
      for (const connection of gateway.connections) connection.close();
    },
    closeGateway(code) {
      for (const connection of gateway.connections) {
        if (FINAL_CODES.has(code)) connection.forget();
        connection.close(code);
      }
    },
    silenceGateway() {
      for (const connection of gateway.connections) connection.silence();
    },
    refuseGateway(refused) {
      gateway.down = refused;
    },
    forgetNonces: () => world.nonces.clear(),
    askToReconnect() {
      for (const connection of gateway.connections) connection.send({ op: Opcode.Reconnect });
    },
    invalidateSession(resumable) {
      for (const connection of gateway.connections) {
        if (!resumable) connection.forget();
        connection.send({ op: Opcode.InvalidSession, d: resumable });
      }
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      gateway.stop();
      reportUnanswered(world);
      await answeredAll(ANSWERS_WITHIN_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
