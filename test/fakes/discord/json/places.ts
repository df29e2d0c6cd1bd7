/** Channels and guilds, in the shapes that Discord sends. */
import type { FakeChannel, FakeGuild } from '../model.ts';
import { ChannelFlag, ChannelType, Permission } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { botRoleId, JOINED_AT, toBotMemberJson, toRolesJson, toUserJson } from './people.ts';
export function toChannelJson(channel: FakeChannel): JsonObject {
  const lastMessage = [...channel.everything.keys()].at(-1) ?? null;
  const flags = channel.requireTag ? ChannelFlag.RequireTag : 0;
  const base = { id: channel.id, type: channel.type, flags, last_message_id: lastMessage };
  if (channel.recipient) return { ...base, recipients: [toUserJson(channel.recipient)] };
  const placed = { ...base, guild_id: channel.guild?.id, name: channel.name, rate_limit_per_user: 0 };
  if (channel.thread) {
    const { locked, autoArchiveMinutes, createdAt, ownerId } = channel.thread;
    const created = new Date(createdAt).toISOString();
    return {
      ...placed,
      parent_id: channel.parent?.id,
      owner_id: ownerId,
      message_count: Math.max(0, channel.everything.size),
      member_count: 1,
      total_message_sent: channel.everything.size,
      ...(isForum(channel.parent) && { applied_tags: channel.appliedTags }),
      thread_metadata: {
        archived: channel.archived,
        locked,
        auto_archive_duration: autoArchiveMinutes,
        archive_timestamp: created,
        create_timestamp: created,
      },
    };
  }
  return {
    ...placed,
    parent_id: null,
    position: 0,
    topic: channel.topic,
    nsfw: false,
    last_pin_timestamp: null,
    permission_overwrites: overwritesOf(channel),
    ...(isForum(channel) && {
      available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
  };
}

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites */
function overwritesOf({ guild, denied, isPrivate, guests }: FakeChannel): JsonObject[] {
  if (!guild) return [];
  const view = String(Permission.ViewChannel);
  const bot = { id: botRoleId(guild), type: 0, allow: isPrivate ? view : '0', deny: String(denied) };
  return [
    ...(isPrivate ? [{ id: guild.id, type: 0, allow: '0', deny: view }] : []),
    ...(isPrivate || denied !== 0n ? [bot] : []),
    ...[...guests].map((id) => ({ id, type: 1, allow: view, deny: '0' })),
  ];
}

/** True for channels in which each post is a thread. */
export function isForum(channel: FakeChannel | undefined): boolean {
  return channel?.type === ChannelType.Forum || channel?.type === ChannelType.Media;
}

/** The response to `GET /guilds/{id}`. */
export function toGuildJson(guild: FakeGuild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.owner.id,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: toRolesJson(guild),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    nsfw_level: 0,
    hub_type: null,
    incidents_data: null,
    region: 'deprecated',
  };
}

/**
 * The data of GUILD_CREATE: with the guild's channels, and with the bot as the only member that small intents
 * show.
 */
export function toArrivedGuildJson(world: World, guild: FakeGuild): JsonObject {
  const threads = [...world.channels.values()].filter(
    (channel) => channel.guild === guild && channel.thread && !channel.archived,
  );
  return {
    ...toGuildJson(guild),
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: 2,
    voice_states: [],
    members: [toBotMemberJson(world, guild)],
    channels: guild.channels.map(toChannelJson),
    threads: threads.map(toChannelJson),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
