/** The state of the fake, in memory: people, places, messages and commands. */
import type { Clock } from '../../../src/time/clock.ts';
import type { RequestLog } from '../request-log.ts';
import type {
  FakeChannel,
  FakeGuild,
  FakeMessage,
  GatewayEvent,
  Interaction,
  RegisteredCommand,
  User,
} from './model.ts';
import { snowflakes } from './snowflake.ts';

export interface World {
  readonly clock: Clock;
  readonly journal: RequestLog;
  readonly token: string;
  readonly validate: boolean;
  readonly applicationId: string;
  readonly bot: User;
  /** Enabled in the developer portal. */
  readonly privilegedIntents: number;
  readonly portal: Portal;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, FakeGuild>;
  /** Includes threads and direct messages. */
  readonly channels: Map<string, FakeChannel>;
  /** Keyed by the ID of their guild, or `global`. */
  readonly commands: Map<string, RegisteredCommand[]>;
  /** Keyed by their token. */
  readonly interactions: Map<string, Interaction>;
  /** The first message of each nonce of the bot, while its window is open. */
  readonly nonces: Map<string, { readonly message: FakeMessage; readonly at: number }>;
  newId(): string;
  now(): number;
  /** Set by the gateway. Returns whether a connected client received the event. */
  emit(event: GatewayEvent): boolean;
}

/** The application's settings in the developer portal. */
export interface Portal {
  readonly botPublic: boolean;
  readonly codeGrant: boolean;
  /** The URL to which Discord sends interactions instead of the gateway. */
  readonly interactionsUrl: string | undefined;
}

export interface WorldOptions {
  readonly clock: Clock;
  readonly journal: RequestLog;
  readonly token: string;
  readonly validate: boolean;
  readonly privilegedIntents: number;
  readonly portal: Portal;
}

export function createWorld(options: WorldOptions): World {
  const newId = snowflakes(() => options.clock.now());
  const id = newId();
  const bot: User = { id, username: 'paperboy', bot: true };
  return {
    ...options,
    // As for every application created since 2016, the bot's user has the application's ID.
    applicationId: id,
    bot,
    users: new Map([[id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map(),
    interactions: new Map(),
    nonces: new Map(),
    newId,
    now: () => options.clock.now().getTime(),
    emit: () => false,
  };
}
