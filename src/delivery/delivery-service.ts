/** What commands may ask of the delivery. */

import { compact } from '../base/compact.ts';
import type { Feed, Slot } from '../feeds/feed.ts';
import type { DigestComposer } from './digests/composer.ts';
import type { DeliveryRow, LedgerReport } from './ledger/ledger.ts';
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

// How the last deliveries of a feed went, out of the ledger.

/** Rows of a channel that are looked through: those of several feeds and their threads over the last days. */
const LOOKED_THROUGH = 200;

export async function feedHealth(ledger: Pick<LedgerReport, 'list'>, feed: Feed): Promise<FeedHealth> {
  const rows = await ledger.list({ channel: feed.channel }, LOOKED_THROUGH);
  const roots = rows.filter((row) => row.feed === feed.id && row.kind === 'root');
  const posts = roots.flatMap(({ postedAt }) => (postedAt === undefined ? [] : [postedAt]));
  const lastPost = posts.length === 0 ? undefined : Math.max(...posts);
  const [trouble] = roots
    .filter((row) => row.reason !== undefined && row.due > (lastPost ?? 0))
    .toSorted((a, b) => b.due - a.due);
  return compact({
    lastPost: lastPost === undefined ? undefined : new Date(lastPost).toISOString(),
    lastTrouble: trouble && troubleOf(trouble),
  });
}

function troubleOf({ due, reason = '' }: DeliveryRow): NonNullable<FeedHealth['lastTrouble']> {
  return { at: new Date(due).toISOString(), reason };
}
