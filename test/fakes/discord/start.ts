/**
 * A Discord on loopback for the real client: REST v10 under `url`, the gateway (v10, JSON) at the address that it tells.
 * It enforces Discord's rules and limits, checks each request against Discord's OpenAPI document and each event of its own
 * against the gateway's types, and writes down what broke a rule. Tests open it with `openFakeDiscord`, benchmarks and
 * tests that run the bot in a process of its own with this.
 *
 *     const discord = await startFakeDiscord();
 *     const guild = discord.addGuild({ channels: ['papers'] });
 *     // … start the bot with DISCORD_API_URL=discord.url and DISCORD_TOKEN=discord.token …
 *     const answer = await discord.addPerson('ada').command(guild.channel('papers'), 'papers', 'search', { query: 'x' }).answered;
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
  /** For the rules that hang on time: 3 s, 15 min, nonces, 24 h. Spacing and rates between sockets go by the machine's clock. */
  readonly clock?: Clock;
  /** Off for large loads: schemas are skipped, rules and limits are not. */
  readonly validate?: boolean;
  readonly heartbeatMs?: number;
  readonly recommendedShards?: number;
  /** Rate limits of REST, and 5 s between IDENTIFYs. */
  readonly limits?: boolean;
  /** As many as Discord allows when nothing is said: 1,000. */
  readonly identifiesADay?: number;
  /** Bits that are switched on in the developer portal; none when nothing is said. */
  readonly privilegedIntents?: number;
  /** What differs from a new application. */
  readonly portal?: Partial<Portal>;
}

export interface FakeDiscord {
  /** For `DISCORD_API_URL`. */
  readonly url: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  /** Sentences about broken rules. */
  readonly violations: string[];
  /** The last ones, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Answers 401, 403 and 429: 10,000 in ten minutes get a bot's address banned. */
  readonly invalidRequests: number;
  readonly identifies: number;
  readonly resumes: number;
  /** Open sockets of the gateway. */
  readonly connections: number;
  readonly faults: DiscordFaults;
  /** Violations that match are what this test is about. */
  allow(pattern: RegExp): void;
  addGuild(options?: GuildOptions): FakeGuild;
  addPerson(name?: string, options?: PersonOptions): FakePerson;
  /** Also a thread or a direct message. Throws when there is none. */
  channel(id: string): FakeChannel;
  messagesIn(channelId: string): readonly FakeMessage[];
  registeredCommands(guildId?: string): readonly RegisteredCommand[];
  /** The same interaction once more. */
  redeliver(interaction: FakeInteraction): void;
  /** Resolves as soon as this holds; looked at after each request and each change of a connection. */
  until(holds: () => boolean): Promise<void>;
  /** Breaks the sockets; sessions stay, to be resumed. */
  cutConnections(): void;
  /** Closes them with a code, such as 4000; after one that says "do not come back" (4004, 4014) the sessions are gone too. */
  closeGateway(code: number): void;
  /** Sockets stay open, and nothing comes through: no heartbeat is acknowledged, no event arrives. */
  silenceGateway(): void;
  /** While refused, no socket of the gateway opens. */
  refuseGateway(refused: boolean): void;
  /** The past few minutes are over: every nonce counts as a new one. */
  forgetNonces(): void;
  /** Op 7: the client shall reconnect and resume. */
  askToReconnect(): void;
  /** Op 9. */
  invalidateSession(resumable: boolean): void;
  stop(): Promise<void>;
}

/** What was asked before the fake stops is still answered, unless a fault holds it. */
const ANSWERS_WITHIN_MS = 500;

/** What Discord counts against the 10,000 in ten minutes: https://docs.discord.com/developers/topics/rate-limits */
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
