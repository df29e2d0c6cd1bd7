/** Discord clients with the necessary intents and minimal caches. */
import {
  Client,
  DefaultRestOptions,
  GatewayIntentBits,
  Options,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  type RESTOptions,
} from 'discord.js';
import type { RequestWindow } from '../../../resilience/request-window.ts';

export interface DiscordSettings {
  readonly token: string;
  /** Server to register the commands in; all servers when absent. */
  readonly guildId: string | undefined;
  /** Number of connections; Discord's recommendation when absent. */
  readonly shards: number | undefined;
  /** `https://discord.com/api`. */
  readonly apiUrl: string;
  /** Absent for the few requests of a check. */
  readonly window?: RequestWindow;
}

/** Milliseconds after which a request counts as unanswered. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Discord's limit of a bot, for all requests but answers to interactions:
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export const REQUEST_WINDOW = { places: 50, windowMs: 1_000 } as const;

/**
 * Spaces posts evenly, with some places left for other requests. Routes have their own limits, about five per
 * channel in five seconds, which Discord sends with each response.
 */
export const POSTING_LIMITS = { perSecond: 48, inFlight: 40, perWorkspace: 5 } as const;

/** For requests that nobody waits for. */
export const BACKGROUND_RATE = { everyMs: 150, burst: 5 } as const;

/** The library's own limit would include answers to interactions, and knows only one client. */
const NO_LIMIT = 1_000_000;

/**
 * No privileged intents. Discord sends the text of messages that mention the bot without one. Reactions in
 * direct messages save papers too.
 */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
] as const;

/** The permissions that the bot needs in a channel. */
export const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.SendMessagesInThreads,
] as const;

/** Disables mentions in our messages. */
export const NO_MENTIONS = { parse: [] } as const;

/**
 * Encodes files before the request. The library sends them with the newest undici in the process, which takes
 * no form data of another one.
 */
const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const encoded = new Response(init.body);
  const headers = { ...init.headers, 'content-type': encoded.headers.get('content-type') ?? '' };
  const body = new Uint8Array(await encoded.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body });
};

/** Answers to interactions, and changes of them: Discord does not count these. */
const UNCOUNTED = /\/(interactions|webhooks)\//;

function within(window: RequestWindow | undefined): typeof makeRequest {
  if (!window) return makeRequest;
  return async (url, init) => {
    if (UNCOUNTED.test(url)) return makeRequest(url, init);
    const leave = await window.enter(init.signal ?? undefined);
    try {
      return await makeRequest(url, init);
    } finally {
      leave();
    }
  };
}

/** One of the connections of several processes. */
export interface ShardsHere {
  readonly only: number;
  /** Number of all. */
  readonly of: number;
}

export function openClient({ shards, ...settings }: DiscordSettings, here?: ShardsHere): Client {
  return new Client({
    intents: INTENTS,
    allowedMentions: NO_MENTIONS,
    rest: patient(settings),
    ...(here
      ? { shards: [here.only], shardCount: here.of }
      : shards === undefined
        ? { shards: 'auto' as const }
        : { shardCount: shards }),
    // Servers, channels and roles are needed for permissions. Users and messages are not cached.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
  });
}

function patient({ apiUrl, window }: Pick<DiscordSettings, 'apiUrl' | 'window'>): Partial<RESTOptions> {
  return {
    api: apiUrl,
    timeout: REQUEST_TIMEOUT_MS,
    globalRequestsPerSecond: NO_LIMIT,
    makeRequest: within(window),
  };
}

/** For a process that may have no connection. It retries as the client's own does. */
export function openPatientRest(settings: DiscordSettings): REST {
  return new REST({ version: '10', ...patient(settings) }).setToken(settings.token);
}

/**
 * Client for posts. It never retries, because the ledger decides about resends, and rejects at once when it
 * is rate limited.
 */
export function openPostingRest({ token, apiUrl, window }: DiscordSettings): REST {
  return new REST({
    version: '10',
    api: apiUrl,
    globalRequestsPerSecond: NO_LIMIT,
    makeRequest: within(window),
    retries: 0,
    timeout: REQUEST_TIMEOUT_MS,
    rejectOnRateLimit: () => true,
  }).setToken(token);
}

/** Returns the URL for adding the bot to a server, with the necessary scopes and permissions. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(new PermissionsBitField(PERMISSIONS).bitfield),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
