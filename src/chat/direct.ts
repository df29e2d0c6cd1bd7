/** Direct messages with the bot, told from channels by their address alone: what is followed there is one person's business. */
import type { ChannelRef } from './refs.ts';

/** What stands for the server in the address of a direct message on Discord, as in Discord's own links. */
export const DIRECT = '@me';

export function isDirect({ platform, workspace, channel }: ChannelRef): boolean {
  // Slack's ids of direct messages begin with D, and no others do.
  return (
    (platform === 'slack' && channel.startsWith('D')) || (platform === 'discord' && workspace === DIRECT)
  );
}
