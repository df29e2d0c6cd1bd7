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

export interface DiscordSettings {
  readonly token: string;
  /** Server to register the commands in; all servers when absent. */
  readonly guildId: string | undefined;
  /** Number of connections; Discord's recommendation when absent. */
  readonly shards: number | undefined;
  /** `https://discord.com/api`. */
  readonly apiUrl: string;
}

/** Milliseconds after which a request counts as unanswered. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Discord allows 50 requests per second; the rest is for other requests. Routes have their own limits, about
 * five per channel in five seconds, which Discord sends with each response.
 */
export const POSTING_LIMITS = { perSecond: 40, inFlight: 40, perWorkspace: 5 } as const;

/** For requests that nobody waits for, so that all kinds together stay below the limit. */
export const BACKGROUND_RATE = { everyMs: 150, burst: 5 } as const;

/**
 * The client applies the global limit of 50 requests per second to all requests, but answers to interactions,
 * which are most of them, do not count:
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
const ANSWERS_A_SECOND = 1_000;

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

/** One of the connections of several processes. */
export interface ShardsHere {
  readonly only: number;
  /** Number of all. */
  readonly of: number;
}

export function openClient({ shards, apiUrl }: DiscordSettings, here?: ShardsHere): Client {
  return new Client({
    intents: INTENTS,
    allowedMentions: NO_MENTIONS,
    rest: patient(apiUrl),
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

function patient(apiUrl: string): Partial<RESTOptions> {
  return {
    api: apiUrl,
    timeout: REQUEST_TIMEOUT_MS,
    globalRequestsPerSecond: ANSWERS_A_SECOND,
    makeRequest,
  };
}

/** For a process that may have no connection. It retries as the client's own does. */
export function openPatientRest({ token, apiUrl }: DiscordSettings): REST {
  return new REST({ version: '10', ...patient(apiUrl) }).setToken(token);
}

/**
 * Client for posts. It never retries, because the ledger decides about resends, and rejects at once when it
 * is rate limited.
 */
export function openPostingRest({ token, apiUrl }: DiscordSettings): REST {
  return new REST({
    makeRequest,
    version: '10',
    api: apiUrl,
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
