/** Stores updates of recently posted lists. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import type { Feed } from '../../feeds/feed.ts';
import { CARDS_KEPT_MS, REFRESH_EVERY_MS, REFRESH_FOR_MS } from '../timing.ts';
import type { RefreshedDigest } from './digest.ts';
import type { PostedRoot, RefreshLedger } from './ledger.ts';
import { deliveryKey, toPostedRoot } from './ledger-row.ts';
import { openPostedRecords } from './posted-store.ts';

/** Runs in the database thread. */
export function openRefreshStore(connection: DatabaseConnection): RefreshLedger {
  const { record } = openPostedRecords(connection);
  // The last condition is checked again if another process has just taken a row. The next time is set
  // before the work, so that a failed update waits for the next round. Times further ahead than an interval
  // come from a wrong clock. The plus sign of the platform leads SQLite to the index of `refresh_at` in place
  // of one with all rows ever posted there; for that of the limit, see `post-store.ts`.
  const take = connection.prepare<[{ platform: string; now: number; limit: number }], DeliveryTable>(
    `UPDATE deliveries SET refresh_at =
       CASE WHEN posted_at + ${REFRESH_FOR_MS} > @now + ${REFRESH_EVERY_MS} THEN @now + ${REFRESH_EVERY_MS} END
     WHERE id IN (SELECT id FROM deliveries WHERE +platform = @platform AND state = 'done' AND card IS NOT NULL
       AND (refresh_at <= @now OR refresh_at > @now + ${REFRESH_EVERY_MS}) ORDER BY refresh_at LIMIT +@limit)
       AND (refresh_at <= @now OR refresh_at > @now + ${REFRESH_EVERY_MS})
     RETURNING *`,
  );
  const repliesOf = connection
    .prepare<[number], string>('SELECT paper FROM deliveries WHERE root = ?')
    .pluck();
  const keepCard = connection.prepare<[{ id: number; card: string }]>(
    'UPDATE deliveries SET card = @card WHERE id = @id AND message IS NOT NULL',
  );
  const addLate = connection.prepare(
    `INSERT INTO deliveries (platform, workspace, channel, feed, day, kind, paper, position, root, key, state, due,
       expected, ready, title, card)
     SELECT platform, workspace, channel, feed, day, 'late', @paper,
       (SELECT count(*) + 1 FROM deliveries reply WHERE reply.root = @root), id, @key, 'planned', @now, @now, 1, title, @card
     FROM deliveries WHERE id = @root AND thread IS NOT NULL ON CONFLICT DO NOTHING`,
  );
  const leave = connection.prepare<[number]>('UPDATE deliveries SET refresh_at = NULL WHERE id = ?');
  const prune = connection.prepare<[number]>(
    `UPDATE deliveries SET card = NULL
     WHERE card IS NOT NULL AND state IN ('done', 'skipped', 'disabled') AND due < ?`,
  );

  const refreshed = connection.transaction(
    (root: PostedRoot, feed: Feed, again: RefreshedDigest, now: number) => {
      keepCard.run({ id: root.id, card: JSON.stringify(again.root) });
      if (!root.hasThread) return;
      for (const { paper, card } of again.late) {
        if (repliesOf.all(root.id).includes(paper)) continue;
        // Another feed of the channel may have posted it in the meantime.
        if (record(feed, root, [paper]).length === 0) continue;
        const key = deliveryKey({ ...root, kind: 'late', paper });
        addLate.run({ root: root.id, paper, key, now, card: JSON.stringify(card) });
      }
    },
  );

  return {
    takeToRefresh: async (platform, now, limit) =>
      take.all({ platform, now, limit }).map((row) => toPostedRoot(row, repliesOf.all(row.id))),
    refreshed: async (root, feed, again, now) => refreshed.immediate(root, feed, again, now),
    leave: async (root) => void leave.run(root),
    prune: async (now) => void prune.run(now - CARDS_KEPT_MS),
  };
}
