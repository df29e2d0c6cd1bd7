/** The delivery service for commands. */

import { compact } from '../base/compact.ts';
import type { ChannelAbout } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Feed, Slot } from '../feeds/feed.ts';
import type { DigestComposer } from './digests/composer.ts';
import type { DeliveryRow, LedgerReport } from './ledger/ledger.ts';
import type { PostedStore } from './ledger/posted-store.ts';

/** Returns the first slot of a feed after an instant; `undefined` when it will not post again. */
export type NextSlot = (feed: Feed, now: Date) => Slot | undefined;

export type PostNow =
  | { readonly kind: 'posted'; readonly papers: number }
  /** Reason, as a phrase without a full stop. */
  | { readonly kind: 'nothing'; readonly reason: string }
  /** Reason, as a sentence. */
  | { readonly kind: 'failed'; readonly reason: string };

/** The outcome of a feed's last deliveries. */
export interface FeedHealth {
  /** An ISO 8601 instant. */
  readonly lastPost?: string;
  /** The reason for a failed or skipped delivery after the last post. */
  readonly lastTrouble?: { readonly at: string; readonly reason: string };
}

export interface DeliveryService {
  readonly nextSlot: NextSlot;
  readonly digestComposer: Pick<DigestComposer, 'evaluate' | 'digest' | 'draft' | 'reasons'>;
  readonly posted: Pick<PostedStore, 'lastDigest'>;
  /** Posts an extra digest; the daily one still follows. */
  postNow(feed: Feed): Promise<PostNow>;
  health(feed: Feed): Promise<FeedHealth>;
  /** What the channel is for, by its name and topic; `undefined` if it is not known. */
  aboutOf(channel: ChannelRef): Promise<ChannelAbout | undefined>;
  /** `DEFAULT_ZONE`. */
  readonly defaultZone: string;
}

/** Rows of a channel to read, enough for several feeds and their threads over some days. */
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
