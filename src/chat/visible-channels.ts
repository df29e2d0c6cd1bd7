/** Filters channels by their visibility to a person or channel, on any platform. */
import type { Audience, PostingPort } from './port.ts';
import type { ChannelRef } from './refs.ts';

export interface VisibleChannels {
  /** The subset of the channels, all of one platform, that the audience may know of. */
  visibleTo(audience: Audience, channels: readonly ChannelRef[]): Promise<ChannelRef[]>;
}

/** @param portOf by platform; on one that is not served, only the channel of the request is visible */
export function openVisibleChannels(
  portOf: (platform: string) => Pick<PostingPort, 'visibleTo'> | undefined,
): VisibleChannels {
  return {
    async visibleTo(audience, channels) {
      const [first] = channels;
      if (!first) return [];
      const port = portOf(first.platform);
      if (port) return port.visibleTo(audience, channels);
      return channels.filter(({ channel }) => channel === audience.channel?.channel);
    },
  };
}
