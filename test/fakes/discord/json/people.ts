/** People and roles, in the shapes that Discord sends. */
import type { FakeGuild, User } from '../model.ts';
import { Permission, permissionBits } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
/** Permissions of everyone in a guild. */
export const EVERYONE = permissionBits([
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'AddReactions',
  'UseApplicationCommands',
  'SendMessagesInThreads',
]);

/** Permissions of `@everyone`. The bot has others through its own role, where a test can remove them. */
export const EVERYONE_ROLE = permissionBits(['ViewChannel', 'UseApplicationCommands']);

export const JOINED_AT = '2026-01-01T00:00:00.000000+00:00';

export function toUserJson(user: User): JsonObject {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.username,
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}

export function toMemberJson(roles: readonly string[] = []): JsonObject {
  return {
    roles,
    nick: null,
    avatar: null,
    banner: null,
    joined_at: JOINED_AT,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

/** The permissions of a person in a guild. */
export function toPersonPermissions(admin: boolean, extra: bigint): string {
  return String(
    EVERYONE |
      extra |
      (admin ? Permission.Administrator | Permission.ManageGuild | Permission.ManageChannels : 0n),
  );
}

/** The role that came with the bot's invitation. `@everyone` has the ID of its guild. */
export function botRoleId(guild: FakeGuild): string {
  return String(BigInt(guild.id) + 1n);
}

export function toRolesJson(guild: FakeGuild): JsonObject[] {
  const role = (id: string, name: string, permissions: bigint, position: number) => ({
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: String(permissions),
    managed: position > 0,
    mentionable: false,
    flags: 0,
  });
  return [
    role(guild.id, '@everyone', EVERYONE_ROLE, 0),
    role(botRoleId(guild), 'paperboy', guild.botPermissions, 1),
  ];
}

export function toBotMemberJson(world: World, guild: FakeGuild): JsonObject {
  return { ...toMemberJson([botRoleId(guild)]), user: toUserJson(world.bot) };
}
