/** What the engine asks of the feeds. */
import type { FollowedFeeds } from './feed.ts';
import type { FeedStore } from './feed-store.ts';

export function toFollowedFeeds(feeds: FeedStore): FollowedFeeds {
  return {
    all: () => feeds.active(),
    async disablePlace(place, reason) {
      const standing = (await feeds.of(place)).filter(({ disabled }) => disabled === undefined);
      const stopped = await Promise.all(standing.map((feed) => feeds.disable(feed, reason)));
      return standing.filter((_, at) => stopped[at]);
    },
  };
}
