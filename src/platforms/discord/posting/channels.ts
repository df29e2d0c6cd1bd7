/** Names, visibility and missing permissions of Discord channels. */
import {
  type Channel,
  ChannelType,
  Events,
  GatewayDispatchEvents,
  type GatewayGuildDeleteDispatchData,
  type Guild,
  type GuildBasedChannel,
  OverwriteType,
  PermissionFlagsBits,
  type PermissionOverwrites,
} from 'discord.js';
import { recipientOf } from '../../../chat/direct-messages.ts';
import type { Audience, PostingPort, SendFailure } from '../../../chat/port.ts';
import type { ChannelRef } from '../../../chat/refs.ts';
import { DIRECT } from '../../../chat/refs.ts';
import { CODES, classifyError, hasCode } from '../connection/errors.ts';
import type { Gateway } from '../connection/gateway.ts';
import { namesOf, needsIn, startsThreads } from './posting-rights.ts';

export type Channels = Pick<
  PostingPort,
  'startsThreads' | 'nameOf' | 'aboutOf' | 'visibleTo' | 'classifyError'
>;

/** Number of deleted channels with remembered names. */
const REMEMBERED = 5_000;
const { ViewChannel } = PermissionFlagsBits;

export function openChannels(gateway: Gateway): Channels {
  /** Kept because a manager is notified after a channel is deleted. */
  const gone = new Map<string, string>();

  function remember(channel: Channel): void {
    if (channel.isDMBased()) return;
    gone.set(channel.id, nameIn(channel));
    const [oldest] = gone.keys();
    if (gone.size > REMEMBERED && oldest !== undefined) gone.delete(oldest);
  }

  gateway.onClient((client) => {
    client.on(Events.ChannelDelete, remember);
    client.on(Events.ThreadDelete, remember);
    // Before the client has dropped them.
    client.ws.on(GatewayDispatchEvents.GuildDelete, ({ id }: GatewayGuildDeleteDispatchData) => {
      client.guilds.cache.get(id)?.channels.cache.forEach(remember);
    });
  });

  const cached = ({ channel }: ChannelRef) => gateway.channel(channel);

  function refusalIn(error: unknown, failure: SendFailure, channel: ChannelRef): SendFailure {
    if (failure.kind !== 'permanent' || channel.workspace === DIRECT) return failure;
    if (recipientOf(channel) !== undefined) return failure;
    if (gateway.isWhole && !gateway.guild(channel.workspace))
      return {
        kind: 'permanent',
        of: 'place',
        reason: 'The bot is no longer on the server. Add it again.',
      };
    const place = cached(channel);
    const isAboutPermissions = hasCode(error, CODES.missingAccess, CODES.missingPermissions);
    if (!isAboutPermissions || !place || place.isDMBased()) return failure;
    const { post, thread } = needsIn(place.type);
    const has = place.permissionsFor(gateway.me);
    const lacks = (needed: readonly bigint[]) => needed.filter((each) => has?.has(each) !== true);
    const missing = lacks(post).length > 0 ? lacks(post) : lacks(thread);
    if (missing.length === 0) return failure;
    const what = lacks(post).length === 0 ? 'open threads' : place.isThread() ? 'write in threads' : 'post';
    return { ...failure, reason: `The bot cannot ${what} there. Give it ${namesOf(missing)}.` };
  }

  return {
    async startsThreads(channel) {
      if (channel.workspace === DIRECT) return false;
      const known = cached(channel);
      return known === undefined || startsThreads(known.type);
    },

    async nameOf(channel) {
      const known = cached(channel);
      return known && !known.isDMBased() ? nameIn(known) : gone.get(channel.channel);
    },

    async aboutOf(channel) {
      const known = cached(channel);
      if (!known || known.isDMBased()) return undefined;
      const place = known.isThread() ? known.parent : known;
      // Of a forum, it holds the rules for posts.
      const topic = place && 'topic' in place && !place.isThreadOnly() ? place.topic : null;
      return { name: known.name, ...(topic && { topic }) };
    },

    async visibleTo(audience, channels) {
      const sees = await viewOf(gateway, audience);
      return channels.filter((channel) => {
        if (channel.channel === audience.channel?.channel) return true;
        const known = cached(channel);
        return known !== undefined && !known.isDMBased() && sees(known);
      });
    },

    classifyError: (error, channel) =>
      channel ? refusalIn(error, classifyError(error), channel) : classifyError(error),
  };
}

function nameIn(channel: GuildBasedChannel): string {
  const name = channel.isThread() ? `“${channel.name}”` : `#${channel.name}`;
  return `${name} on ${channel.guild.name}`;
}

/**
 * Channels that a person can see; without a person, those that every reader of a channel can see. Private
 * threads are visible to no one.
 */
async function viewOf(
  gateway: Gateway,
  { person, channel }: Audience,
): Promise<(channel: GuildBasedChannel) => boolean> {
  const guild = channel && gateway.guild(channel.workspace);
  if (!guild) return () => false;
  const isIn = (channel: GuildBasedChannel) =>
    channel.guildId === guild.id && channel.type !== ChannelType.PrivateThread;
  const member = person === undefined ? undefined : await guild.members.fetch(person).catch(() => undefined);
  if (member) return (channel) => isIn(channel) && channel.permissionsFor(member).has(ViewChannel);
  const readers = rolesThatSee(gateway.channel(channel.channel), guild);
  return (channel) =>
    isIn(channel) && readers.every((role) => channel.permissionsFor(role)?.has(ViewChannel) === true);
}

/** Roles that can read a channel; `@everyone` where all can, or where people are let in by name. */
function rolesThatSee(where: Channel | undefined, { roles, client }: Guild): string[] {
  const everyone = [roles.everyone.id];
  const channel = where?.isThread() ? where.parent : where;
  if (!channel || channel.isDMBased() || channel.isThread()) return everyone;
  const isLetIn = ({ type, id, allow }: PermissionOverwrites) =>
    type === OverwriteType.Member && id !== client.user.id && allow.has(ViewChannel);
  if (channel.permissionOverwrites.cache.some(isLetIn)) return everyone;
  const seeing = roles.cache.filter(
    (role) => role.tags?.botId !== client.user.id && channel.permissionsFor(role).has(ViewChannel),
  );
  return seeing.size === 0 || seeing.has(roles.everyone.id) ? everyone : [...seeing.keys()];
}
