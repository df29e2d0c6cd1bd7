/** Sends an interaction to the bot, with Discord's details about the person and the channel. */
import { SentInteraction } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { EVERYONE_ROLE, toMemberJson, toPersonPermissions, toUserJson } from '../json/people.ts';
import { toChannelJson } from '../json/places.ts';
import type { FakeChannel, Interaction, InteractionMaking } from '../model.ts';
import { Permission } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';

export interface Sender {
  readonly id: string;
  readonly admin: boolean;
  /** Permissions beyond everyone's. */
  readonly extra: bigint;
}

const GUILD_CONTEXT = 0;
const BOT_DM_CONTEXT = 1;

/** Every permission: an application has them all in its direct messages. */
const IN_DIRECT_MESSAGES = String(Object.values(Permission).reduce((bits, bit) => bits | bit, 0n));

function appPermissionsIn(channel: FakeChannel): string {
  if (!channel.guild) return IN_DIRECT_MESSAGES;
  return String(channel.guild.botIsThere ? channel.botPermissions : EVERYONE_ROLE);
}

export function sendInteraction(
  world: World,
  sender: Sender,
  making: InteractionMaking,
  data: JsonObject,
): Interaction {
  const interaction = new SentInteraction(world, making);
  const { channel, user, message } = making;
  const { guild } = channel;
  const who = guild
    ? {
        member: {
          ...toMemberJson(),
          user: toUserJson(user),
          permissions: toPersonPermissions(sender.admin, sender.extra),
        },
      }
    : { user: toUserJson(user) };
  const where = guild
    ? { guild_id: guild.id, guild: { id: guild.id, locale: 'en-US', features: [] }, guild_locale: 'en-US' }
    : {};
  const payload: JsonObject = {
    id: interaction.id,
    application_id: world.applicationId,
    type: making.type,
    token: interaction.token,
    version: 1,
    data,
    ...who,
    ...where,
    channel_id: channel.id,
    channel: toChannelJson(channel),
    ...(message && { message: toMessageJson(world, message, 0, true) }),
    app_permissions: appPermissionsIn(channel),
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: guild ? { 0: guild.id } : { 1: user.id },
    context: guild ? GUILD_CONTEXT : BOT_DM_CONTEXT,
    attachment_size_limit: 10_485_760,
  };
  interaction.event = { name: 'INTERACTION_CREATE', guildId: guild?.id, intent: 0, data: () => payload };
  interaction.delivered = world.emit(interaction.event);
  return interaction;
}
