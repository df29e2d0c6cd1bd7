/** Clients for Discord: intents, permissions, request limits and a minimal cache. */
import {
  Client,
  GatewayIntentBits,
  Options,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
} from 'discord.js';

export interface DiscordSettings {
  readonly token: string;
  /** Registers the commands in this server only. Registers them in all servers when absent. */
  readonly guildId: string | undefined;
  /** Number of connections. Discord's recommendation when absent. */
  readonly shards: number | undefined;
  /** `https://discord.com/api`. */
  readonly apiUrl: string;
}

/** Milliseconds after which a request counts as unanswered. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Discord allows 50 requests per second. Posts leave some of them for other requests. Each route has its own
 * limit, about five per channel in five seconds, which Discord returns with each response.
 */
export const POSTING_LIMITS = { perSecond: 40, inFlight: 40, perWorkspace: 5 } as const;

/**
 * By default the client keeps all its requests below 50 per second. Most of them answer interactions, which
 * do not count towards that limit: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
const ANSWERS_A_SECOND = 1_000;

/**
 * None of them is privileged: messages that mention the bot include their text anyway. Reactions in direct
 * messages save papers too.
 */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
] as const;

/** The minimum for posting in a channel. */
export const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.SendMessagesInThreads,
] as const;

/** Text from papers and users must never notify anyone. */
export const NO_MENTIONS = { parse: [] } as const;

export function openClient({ shards, apiUrl }: DiscordSettings): Client {
  return new Client({
    intents: INTENTS,
    allowedMentions: NO_MENTIONS,
    rest: { api: apiUrl, timeout: REQUEST_TIMEOUT_MS, globalRequestsPerSecond: ANSWERS_A_SECOND },
    ...(shards === undefined ? { shards: 'auto' as const } : { shardCount: shards }),
    // Servers, channels and roles are needed to compute permissions. People and messages are not cached.
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

/**
 * A client for posts. The ledger decides whether to repeat a post, so this client never retries, and throws
 * instead of waiting for a rate limit.
 */
export function openPostingRest({ token, apiUrl }: DiscordSettings): REST {
  return new REST({
    version: '10',
    api: apiUrl,
    retries: 0,
    timeout: REQUEST_TIMEOUT_MS,
    rejectOnRateLimit: () => true,
  }).setToken(token);
}

/** Link that adds the bot to a server, with the scopes and permissions that it needs. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(new PermissionsBitField(PERMISSIONS).bitfield),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
