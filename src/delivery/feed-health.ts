/** How the last deliveries of a feed went, out of the ledger. */
import { compact } from '../base/compact.ts';
import type { Feed } from '../feeds/feed.ts';
import type { FeedHealth } from './delivery-service.ts';
import type { DeliveryRow, LedgerReport } from './ledger/ledger.ts';

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
