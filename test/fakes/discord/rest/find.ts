/** Looks up the objects named in a path, or refuses like Discord. */
import type { FakeChannel, FakeGuild, FakeMessage } from '../model.ts';
import type { PermissionName } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import type { Call } from './route.ts';

/** The channel in the path, if the bot can see it. */
export function channelOf({ world, params }: Call): FakeChannel {
  const channel = world.channels.get(params['channel'] ?? '');
  if (!channel) throw refusal(10003);
  if (!channel.botMay('ViewChannel')) throw refusal(50001);
  return channel;
}

export function demand(channel: FakeChannel, ...names: PermissionName[]): void {
  if (!names.every((name) => channel.botMay(name))) throw refusal(50013);
}

/** Only its own interaction can find an ephemeral message. */
export function messageOf(channel: FakeChannel, id: string | undefined): FakeMessage {
  const message = channel.everything.get(id ?? '');
  if (!message || message.deleted || message.ephemeral) throw refusal(10008);
  return message;
}

export function guildOf({ world, params }: Call): FakeGuild {
  const guild = world.guilds.get(params['guild'] ?? '');
  if (!guild) throw refusal(10004);
  return guild;
}
