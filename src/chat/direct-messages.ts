/** Addresses of direct messages and of e-mail: adapters look up the channel, which need not exist yet. */
import type { PersonRef } from './caller.ts';
import type { ChannelRef } from './refs.ts';

export function directMessagesTo({ platform, workspace, person }: PersonRef): ChannelRef {
  return { platform, workspace, channel: `@${person}` };
}

/** The person of such an address; `undefined` for a channel. */
export function recipientOf({ channel }: ChannelRef): string | undefined {
  return channel.startsWith('@') ? channel.slice(1) : undefined;
}

/** The platform of e-mail. Its channels are the ids of confirmed addresses. */
export const EMAIL = 'email';

export function mailTo(addressId: string): ChannelRef {
  return { platform: EMAIL, workspace: EMAIL, channel: addressId };
}
