/** The registered commands that a person sees in a channel. */
import { EVERYONE } from '../json/people.ts';
import type { FakeChannel, RegisteredCommand } from '../model.ts';
import { allowsDms } from '../rest/commands.ts';
import type { World } from '../world.ts';
import { ClientRefusal } from './refusal.ts';
import type { Sender } from './send.ts';

/** A guild's own command hides the global one with the same name. */
export function findCommand(
  world: World,
  channel: FakeChannel,
  type: number,
  name: string,
): RegisteredCommand {
  const shelves = [
    channel.guild ? world.commands.get(channel.guild.id) : undefined,
    world.commands.get('global'),
  ];
  const found = shelves
    .flatMap((shelf) => shelf ?? [])
    .find((each) => each.name === name && each.type === type);
  if (!found) throw new ClientRefusal(`The bot registered no command ${name}`);
  return found;
}

export function demandAllowed(channel: FakeChannel, command: RegisteredCommand, sender: Sender): void {
  if (!channel.guild) {
    if (!allowsDms(command)) throw new ClientRefusal(`${command.name} is not offered in direct messages`);
    return;
  }
  const seen = channel.parent ?? channel;
  if (seen.isPrivate && !sender.admin && !seen.guests.has(sender.id))
    throw new ClientRefusal(`${seen.name} is not shown to this person`);
  if (command.contexts && !command.contexts.includes(0))
    throw new ClientRefusal(`${command.name} is not offered in servers`);
  const { default_member_permissions: needed } = command;
  if (needed === null || needed === undefined || sender.admin || channel.guild.opened.has(command.name))
    return;
  const bits = BigInt(needed);
  // "0" hides it from everyone except admins.
  if (bits === 0n || (bits & ~(EVERYONE | sender.extra)) !== 0n) {
    throw new ClientRefusal(`${command.name} is not offered to this person`);
  }
}
