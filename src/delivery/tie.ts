/** What the engine asks for, out of what the feeds and editions are. */
import type { Editions } from './composer.ts';
import type { Composer } from './edition.ts';
import type { FollowedFeeds } from './feed.ts';
import type { FeedStore } from './feed-store.ts';
import type { PostedStore } from './posted-store.ts';

/**
 * An edition counts as posted from the moment that it is made, as what is made is frozen and sent until it stands: a crash in between
 * cannot bring its papers twice. The same edition made again does not count against itself.
 */
export function toComposer(editions: Editions, posted: Pick<PostedStore, 'record'>): Required<Composer> {
  return {
    async compose(feed, slot, now, lastChance) {
      const composed = await editions.compose(feed, slot, now, lastChance);
      if (composed.kind === 'ready') await posted.record(feed, slot, composed.edition.posted);
      return composed;
    },
    // Late risers count when the ledger plans their replies: a list without a thread has none.
    recompose: (feed, slot, listed, now) => editions.recompose(feed, slot, listed, now),
  };
}

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
