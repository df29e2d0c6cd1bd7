/** What commands may ask of the delivery. */

import type { Feed, Slot } from '../feeds/feed.ts';
import type { DigestComposer } from './digests/composer.ts';
import type { PostedStore } from './ledger/posted-store.ts';

/** The first slot of a feed that is due after an instant; `undefined` for one that will not post again. */
export type NextSlot = (feed: Feed, now: Date) => Slot | undefined;

export type PostNow =
  | { readonly kind: 'posted'; readonly papers: number }
  /** A phrase without full stop: why there is nothing to post. */
  | { readonly kind: 'nothing'; readonly reason: string }
  /** A sentence: why the place does not take it. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How the last deliveries of a feed went; what never happened is absent. */
export interface FeedHealth {
  /** An ISO 8601 instant. */
  readonly lastPost?: string;
  /** What did not work, or why a day was left out, when that is later than the last post. */
  readonly lastTrouble?: { readonly at: string; readonly reason: string };
}

export interface DeliveryService {
  readonly nextSlot: NextSlot;
  readonly digestComposer: Pick<DigestComposer, 'evaluate' | 'digest' | 'draft'>;
  readonly posted: Pick<PostedStore, 'lastDigest'>;
  /** An edition beside the daily one, which still comes. */
  postNow(feed: Feed): Promise<PostNow>;
  health(feed: Feed): Promise<FeedHealth>;
  /** `DEFAULT_ZONE`. */
  readonly defaultZone: string;
}
