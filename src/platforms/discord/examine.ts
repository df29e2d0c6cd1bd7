/**
 * Checks Discord: the token, the application, the intents, the servers, and the permissions in their
 * channels.
 */
import {
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  PermissionsBitField,
} from 'discord.js';
import { type Diagnostic, failing, info, isBroken, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { examineApplication } from './application.ts';
import { type DiscordSettings, inviteUrl, openClient, PERMISSIONS } from './connection/client.ts';
import { connect } from './connection/connect.ts';
import { permissionNames } from './posting/posting-rights.ts';

const SUBJECT = 'Discord';
/** Channels to name; more are only counted. */
const NAMED = 5;
const POSTABLE: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];

export interface ExaminedDiscord {
  readonly diagnostics: readonly Diagnostic[];
  /** URL for adding the bot to a server; absent when the application is unknown. */
  readonly invite?: string;
}

/**
 * Runs all checks. Connects once (Discord allows a thousand per day), unless an earlier check failed. Never
 * throws.
 */
export async function examineDiscord(settings: DiscordSettings): Promise<ExaminedDiscord> {
  const { id, diagnostics } = await examineApplication(settings);
  const invite = id === undefined ? {} : { invite: inviteUrl(id) };
  if (diagnostics.some(isBroken)) return { diagnostics, ...invite };
  return { diagnostics: [...diagnostics, ...(await examineConnection(settings))], ...invite };
}

async function examineConnection(settings: DiscordSettings): Promise<Diagnostic[]> {
  const client = openClient(settings);
  try {
    const ready = await connect(client, settings.token, { clock: systemClock }, () => {});
    return [
      ok(SUBJECT, `connected as ${ready.user.username}, on ${serversOf(ready)}`),
      ...inviteWhenAlone(ready),
      ...ready.guilds.cache.map(examineServer),
    ];
  } catch (error) {
    return [failing(SUBJECT, messageOf(error))];
  } finally {
    await client.destroy();
  }
}

function serversOf({ guilds }: Client): string {
  const { size } = guilds.cache;
  return size === 1 ? '1 server' : `${size} servers`;
}

function inviteWhenAlone({ application, guilds }: Client<true>): Diagnostic[] {
  if (guilds.cache.size > 0) return [];
  return [info(SUBJECT, `not on any server yet. Add it: ${inviteUrl(application.id)}`)];
}

function examineServer(guild: Guild): Diagnostic {
  const subject = `Discord, ${guild.name}`;
  const lacking = [...guild.channels.cache.values()].flatMap((channel) => {
    const missing = missingIn(channel, guild);
    return missing.length === 0 ? [] : [`#${channel.name} (${missing.join(', ')})`];
  });
  if (lacking.length === 0) return ok(subject, 'the bot can post in every channel that it sees');
  const named = lacking.slice(0, NAMED).join(', ');
  const others = lacking.length > NAMED ? ` and ${lacking.length - NAMED} more` : '';
  return info(
    subject,
    `the bot cannot post in ${named}${others}. Give its role those permissions in the channel’s settings, or add it again: ${inviteUrl(guild.client.application.id)}`,
  );
}

/** Returns missing permissions as named in Discord's settings; none for a channel that the bot cannot see. */
function missingIn(channel: GuildBasedChannel, { members }: Guild): string[] {
  if (!POSTABLE.includes(channel.type) || !members.me) return [];
  const has = channel.permissionsFor(members.me);
  if (!has.has('ViewChannel')) return [];
  return permissionNames(new PermissionsBitField(PERMISSIONS.filter((each) => !has.has(each))));
}
