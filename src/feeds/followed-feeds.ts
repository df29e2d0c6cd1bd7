/** The feeds as delivery sees them. Importing this does not load the libraries of the store. */
import type { ChannelRef } from '../chat/refs.ts';
import type { Feed, FeedKey } from './feed.ts';
import type { FeedStore } from './feed-store.ts';

/** Access to feeds for delivery. */
export interface FollowedFeeds {
  all(): Promise<readonly Feed[]>;
  /** Stops all feeds of a channel. Returns those that were not stopped before. */
  disableChannel(channelRef: ChannelRef, reason: string): Promise<readonly Feed[]>;
  /** Records the problem that the manager is warned of. Returns false if it was recorded already. */
  warn(feed: FeedKey, reason: string): Promise<boolean>;
  /** Clears the recorded problem, so that a later one is a new one. */
  unwarn(feed: FeedKey): Promise<void>;
  /** Records what the channel of a feed is called. */
  name(feed: FeedKey, channelName: string): Promise<void>;
}

export function toFollowedFeeds(feeds: FeedStore): FollowedFeeds {
  return {
    all: () => feeds.active(),
    async disableChannel(channel, reason) {
      const standing = (await feeds.of(channel)).filter(({ disabled }) => disabled === undefined);
      const stopped = await Promise.all(standing.map((feed) => feeds.disable(feed, reason)));
      return standing.filter((_, at) => stopped[at]);
    },
    warn: (feed, reason) => feeds.warn(feed, reason),
    unwarn: async (feed) => void (await feeds.unwarn(feed)),
    name: async (feed, channelName) => void (await feeds.name(feed, channelName)),
  };
}
