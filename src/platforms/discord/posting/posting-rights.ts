/**
 * The bot's rights in a Discord channel. Discord sends them with each interaction; users cannot forge them.
 */
import {
  ChannelType,
  type Interaction,
  PermissionFlagsBits,
  PermissionsBitField,
  type PermissionsString,
} from 'discord.js';
import type { PostingRights } from '../../../chat/caller.ts';
import { inviteUrl } from '../connection/client.ts';

const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
const VOICE: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

/** Permissions needed to post in a kind of channel, and further ones needed to open a thread there. */
interface Needs {
  readonly post: readonly bigint[];
  readonly thread: readonly bigint[];
}

const { ViewChannel, SendMessages, EmbedLinks, CreatePublicThreads, SendMessagesInThreads } =
  PermissionFlagsBits;

export function needsIn(type: ChannelType): Needs {
  if (THREADS.includes(type)) return { post: [ViewChannel, SendMessagesInThreads, EmbedLinks], thread: [] };
  const post = [ViewChannel, SendMessages, EmbedLinks];
  // A post in a forum is a thread.
  if (!startsThreads(type)) return { post, thread: [] };
  return isForum(type)
    ? { post: [...post, SendMessagesInThreads], thread: [] }
    : { post, thread: [CreatePublicThreads, SendMessagesInThreads] };
}

/** True if a message there can have a thread of its own. */
export function startsThreads(type: ChannelType): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement || isForum(type);
}

function isForum(type: ChannelType): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

/** Names as in Discord's settings: `Send Messages and Embed Links`. */
export function namesOf(permissions: readonly bigint[]): string {
  return all.format(permissionNames(new PermissionsBitField(permissions)));
}

export function permissionNames(permissions: Readonly<PermissionsBitField>): string[] {
  return permissions.toArray().map(nameOf);
}

function nameOf(name: PermissionsString): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(' In ', ' in ');
}

export function postingRightsOf({ guildId, client, channel, appPermissions }: Interaction): PostingRights {
  if (guildId === null) return {};
  if (!client.guilds.cache.has(guildId)) {
    const address = inviteUrl(client.application.id);
    return { refusal: `The bot is not on this server, only its commands are. Add it: ${address}` };
  }
  if (!channel) return {};
  const { post, thread } = needsIn(channel.type);
  const lacking = (needed: readonly bigint[]) => needed.filter((each) => !appPermissions.has(each));
  if (lacking(post).length > 0) return { refusal: sentenceOf('post here', lacking(post)) };
  if (!startsThreads(channel.type)) {
    const kind = VOICE.includes(channel.type) ? 'voice channel' : 'thread';
    return { noThreads: { reason: `A ${kind} cannot have threads`, isForever: true } };
  }
  const missing = lacking(thread);
  return missing.length === 0
    ? {}
    : { noThreads: { reason: sentenceOf('open threads here', missing), isForever: false } };
}

function sentenceOf(what: string, missing: readonly bigint[]): string {
  const them = missing.length === 1 ? 'it' : 'them';
  return `The bot cannot ${what}: it lacks ${namesOf(missing)}. Grant ${them} to its role in the channel’s settings (Permissions), then try again.`;
}
