/** The contract between the ledger and the digest composer. */
import type { Card } from '../../chat/card.ts';
import type { Feed, Slot } from '../../feeds/feed.ts';

export interface Digest {
  /** Name of the thread or title of the forum post. */
  readonly title: string;
  readonly root: Card;
  /** One message per paper in the thread, in order; empty when the root contains everything. */
  readonly papers: readonly { readonly paper: string; readonly card: Card }[];
  /** Papers that then count as posted in this channel. */
  readonly posted: readonly string[];
}

export type ComposeOutcome =
  | { readonly kind: 'ready'; readonly digest: Digest }
  /** Not yet, because the list is short or its source does not answer. */
  | {
      readonly kind: 'wait';
      readonly reason: string;
      /** True for a failure, such as an unreachable source, which deserves an alert if it lasts. */
      readonly outage?: boolean;
    }
  /** There will be nothing to post in this slot. */
  | { readonly kind: 'skip'; readonly reason: string };

/** A posted list with current data. */
export interface RefreshedDigest {
  readonly root: Card;
  /** Late additions, one reply each. */
  readonly late: Digest['papers'];
}

export interface DigestSource {
  /** @param lastChance true when the result must not be `wait` */
  compose(feed: Feed, slot: Slot, now: Date, lastChance: boolean): Promise<ComposeOutcome>;
  /**
   * Updates a list for two days after posting. Without this method lists stay as posted.
   * @param listed papers of the posted list, in order
   */
  recompose?(
    feed: Feed,
    slot: Slot,
    listed: readonly string[],
    now: Date,
  ): Promise<RefreshedDigest | undefined>;
}
