/** The connection to Discord: what is asked for, and how little of it is kept in memory. */
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
  /** A server that gets new commands at once; all servers when absent. */
  readonly guildId: string | undefined;
  /** Connections; as many as Discord recommends when absent. */
  readonly shards: number | undefined;
  /** `https://discord.com/api`. */
  readonly apiUrl: string;
}

/** Milliseconds after which a request counts as unanswered. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Of 50 requests a second that Discord allows, what posts leave free is for the others. Routes have limits of their own, about five a
 * channel in five seconds, which the platform tells with each answer.
 */
export const POSTING_LIMITS = { perSecond: 40, inFlight: 40, perWorkspace: 5 } as const;

/**
 * The client holds everything to the limit of 50 requests a second, yet answers to interactions are outside of it, and they are nearly
 * all that it sends: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
const ANSWERS_A_SECOND = 1_000;

/**
 * None needs an approval by Discord: the text of a message comes with it only when it mentions the bot, and that is a question.
 * Reactions in direct messages save papers too.
 */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
] as const;

/** What the bot does in a channel, and nothing else. */
export const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.SendMessagesInThreads,
] as const;

/** No message of ours may ever notify anybody by what stands in it. */
export const NO_MENTIONS = { parse: [] } as const;

export function openClient({ shards, apiUrl }: DiscordSettings): Client {
  return new Client({
    intents: INTENTS,
    allowedMentions: NO_MENTIONS,
    rest: { api: apiUrl, timeout: REQUEST_TIMEOUT_MS, globalRequestsPerSecond: ANSWERS_A_SECOND },
    ...(shards === undefined ? { shards: 'auto' as const } : { shardCount: shards }),
    // Servers, channels and roles are needed for permissions; of people and messages nothing is kept.
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
 * For posts, which the ledger repeats when it knows that it may: this client never does, and says at once when it would have to
 * wait for a limit.
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

/** Where a manager of a server adds the bot, with the scopes and permissions that it needs. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(new PermissionsBitField(PERMISSIONS).bitfield),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
