/** Recognises direct messages with the bot by their address. Feeds in them are private to one person. */
import type { ChannelRef } from './refs.ts';

/** Takes the server's place in the address of a direct message on Discord, as in Discord's own links. */
export const DIRECT = '@me';

export function isDirect({ platform, workspace, channel }: ChannelRef): boolean {
  // On Slack, only ids of direct messages begin with D.
  return (
    (platform === 'slack' && channel.startsWith('D')) || (platform === 'discord' && workspace === DIRECT)
  );
}
