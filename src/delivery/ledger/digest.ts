/** What one delivery posts, and who makes it. */
import type { Card } from '../../chat/card.ts';
import type { Feed, Slot } from '../../feeds/feed.ts';

export interface Digest {
  /** The thread's name, and a forum post's title. */
  readonly title: string;
  readonly root: Card;
  /** A message each in the thread, in their order; none where the root says it all. */
  readonly papers: readonly { readonly paper: string; readonly card: Card }[];
  /** Papers that count as posted in this channel from now on. */
  readonly posted: readonly string[];
}

export type ComposeOutcome =
  | { readonly kind: 'ready'; readonly digest: Digest }
  /** Not yet: the list is still short, or its source does not answer. */
  | {
      readonly kind: 'wait';
      readonly reason: string;
      /** Something is broken (a source that does not answer): worth an alert when it lasts. A list that grows is not. */
      readonly outage?: boolean;
    }
  /** There is nothing to post in this slot, ever. */
  | { readonly kind: 'skip'; readonly reason: string };

/** A list that was posted, as it would look now. */
export interface RefreshedDigest {
  readonly root: Card;
  /** Papers that have come into the top since, a reply each. */
  readonly late: Digest['papers'];
}

export interface DigestSource {
  /** @param lastChance nothing is gained by waiting longer: never answers `wait` */
  compose(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<ComposeOutcome>;
  /**
   * For two days after posting. A composer without it leaves lists as they were posted.
   * @param listed papers that the list showed when it was posted, in their order
   */
  recompose?(
    feed: Feed,
    slot: Slot,
    listed: readonly string[],
    now: Date,
  ): Promise<RefreshedDigest | undefined>;
}
