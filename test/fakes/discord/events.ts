/** Events of the gateway: https://docs.discord.com/developers/events/gateway-events */
import { toEmojiJson, toMessageJson } from './json/messages.ts';
import { toMemberJson, toUserJson } from './json/people.ts';
import { toArrivedGuildJson, toChannelJson } from './json/places.ts';
import type { FakeChannel, FakeGuild, FakeMessage, GatewayEvent, User } from './model.ts';
import { Intent, ReactionType } from './protocol.ts';
import type { JsonObject } from './wire.ts';
import type { World } from './world.ts';

export function eventOfGuild(world: World, guild: FakeGuild): GatewayEvent {
  return {
    name: 'GUILD_CREATE',
    guildId: guild.id,
    intent: Intent.Guilds,
    data: () => toArrivedGuildJson(world, guild),
  };
}

export function eventOfGuildGone(guild: FakeGuild): GatewayEvent {
  // Without `unavailable`: this is not an outage, the bot was removed.
  return { name: 'GUILD_DELETE', guildId: guild.id, intent: Intent.Guilds, data: () => ({ id: guild.id }) };
}

/** Also for threads. */
export function eventOfChannel(name: string, channel: FakeChannel): GatewayEvent {
  return {
    name,
    guildId: channel.guild?.id,
    intent: Intent.Guilds,
    data: () =>
      name === 'THREAD_CREATE' ? { ...toChannelJson(channel), newly_created: true } : toChannelJson(channel),
  };
}

function inGuild(channel: FakeChannel): JsonObject {
  return channel.guild ? { guild_id: channel.guild.id } : {};
}

/** MESSAGE_CREATE or MESSAGE_UPDATE. No bot receives ephemeral messages; only their reader sees them. */
export function emitMessage(world: World, name: string, channel: FakeChannel, message: FakeMessage): void {
  if (message.ephemeral || !channel.botMay('ViewChannel')) return;
  const member = channel.guild && !message.author.bot ? { member: toMemberJson() } : {};
  world.emit({
    name,
    guildId: channel.guild?.id,
    intent: channel.guild ? Intent.GuildMessages : Intent.DirectMessages,
    data: (intents) => ({
      ...toMessageJson(world, message, intents),
      channel_type: channel.type,
      ...inGuild(channel),
      ...member,
    }),
  });
}

export function emitMessageGone(world: World, channel: FakeChannel, message: FakeMessage): void {
  if (message.ephemeral || !channel.botMay('ViewChannel')) return;
  world.emit({
    name: 'MESSAGE_DELETE',
    guildId: channel.guild?.id,
    intent: channel.guild ? Intent.GuildMessages : Intent.DirectMessages,
    data: () => ({ id: message.id, channel_id: channel.id, ...inGuild(channel) }),
  });
}

export interface Reaction {
  readonly channel: FakeChannel;
  readonly message: FakeMessage;
  readonly user: User;
  readonly emoji: string;
  /** A super reaction. */
  readonly burst?: boolean;
}

export function emitReaction(
  world: World,
  added: boolean,
  { channel, message, user, emoji, burst = false }: Reaction,
): void {
  if (!channel.botMay('ViewChannel')) return;
  const member = channel.guild ? { member: { ...toMemberJson(), user: toUserJson(user) } } : {};
  world.emit({
    name: added ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    guildId: channel.guild?.id,
    intent: channel.guild ? Intent.GuildMessageReactions : Intent.DirectMessageReactions,
    data: () => ({
      user_id: user.id,
      channel_id: channel.id,
      message_id: message.id,
      emoji: toEmojiJson(emoji),
      burst,
      type: burst ? ReactionType.Burst : ReactionType.Normal,
      ...(added && burst && { burst_colors: ['#f47b67'] }),
      ...inGuild(channel),
      ...(added && { message_author_id: message.author.id, ...member }),
    }),
  });
}
