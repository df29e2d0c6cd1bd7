/** Channels of direct messages, remembered for people who were written to lately. */
import type { PersonRef } from '../../chat/caller.ts';
import { recipientOf } from '../../chat/direct-messages.ts';
import type { ChannelRef } from '../../chat/refs.ts';

const REMEMBERED = 5_000;

/**
 * @param open opens direct messages on the platform; repeating it opens the same channel
 * @returns a lookup that turns the address of a person into a channel, and returns other channels unchanged
 */
export function openDirectChannels(
  open: (person: Omit<PersonRef, 'platform'>) => Promise<string>,
): (address: ChannelRef) => Promise<ChannelRef> {
  const known = new Map<string, string>();
  return async (address) => {
    const person = recipientOf(address);
    if (person === undefined) return address;
    const { workspace } = address;
    const name = `${workspace} ${person}`;
    const channel = known.get(name) ?? (await open({ workspace, person }));
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    known.set(name, channel);
    return { ...address, channel };
  };
}
