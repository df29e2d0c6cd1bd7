/** What the engine asks of the feeds. */
import type { FollowedFeeds } from '../feeds/feed.ts';
import type { FeedStore } from '../feeds/feed-store.ts';

export function toFollowedFeeds(feeds: FeedStore): FollowedFeeds {
  return {
    all: () => feeds.active(),
    async disableChannel(channel, reason) {
      const standing = (await feeds.of(channel)).filter(({ disabled }) => disabled === undefined);
      const stopped = await Promise.all(standing.map((feed) => feeds.disable(feed, reason)));
      return standing.filter((_, at) => stopped[at]);
    },
  };
}
