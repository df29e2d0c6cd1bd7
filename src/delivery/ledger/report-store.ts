/** Reports of the ledger: metrics, late deliveries, history, and parked rows. */

import { compact } from '../../base/compact.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import { LATE_MS, THREAD_LATE_MS } from '../timing.ts';
import type { LedgerReport } from './ledger.ts';
import { toDeliveryRow } from './ledger-row.ts';
import { openThreadStore } from './thread-store.ts';

const TWO_DAYS_MS = 2 * 86_400_000;
/** Runs in the database thread. */
export function openReportStore(connection: DatabaseConnection): LedgerReport {
  const threads = openThreadStore(connection);
  const byState = connection.prepare<[number], { state: string; count: number }>(
    'SELECT state, count(*) AS count FROM deliveries WHERE due > ? GROUP BY state',
  );
  const oldest = connection
    .prepare<[number], number | null>(
      `SELECT min(expected) FROM deliveries WHERE ready = 1 AND kind = 'root' AND message IS NULL AND expected <= ?`,
    )
    .pluck();
  const ambiguous = connection
    .prepare<[number], number>(
      `SELECT count(*) FROM deliveries WHERE ready = 1 AND state = 'sending' AND (unsure = 1 OR not_before <= ?)`,
    )
    .pluck();
  const parked = connection
    .prepare<[], number>(`SELECT count(*) FROM deliveries WHERE state = 'parked'`)
    .pluck();
  const lastSuccess = connection
    .prepare<[number], number | null>('SELECT max(posted_at) FROM deliveries WHERE due > ?')
    .pluck();
  // The row that is expected first of each platform and reason, and the ids of all.
  const late = connection.prepare<
    [{ root: number; reply: number }],
    DeliveryTable & { first: number; ids: string }
  >(
    `SELECT * FROM (
       SELECT deliveries.*, min(expected) OVER alike AS first, json_group_array(id) OVER alike AS ids,
         row_number() OVER (PARTITION BY platform, reason ORDER BY expected, id) AS turn
       FROM deliveries WHERE ready = 1 AND (kind = 'root' AND message IS NULL AND expected < @root OR
            (kind <> 'root' OR message IS NOT NULL) AND (kind <> 'notice' OR attempt > 0) AND expected < @reply)
       WINDOW alike AS (PARTITION BY platform, reason)) AS each
     WHERE turn = 1 ORDER BY first`,
  );
  const list = connection.prepare<
    [
      {
        state: string | null;
        platform: string | null;
        workspace: string | null;
        channel: string | null;
        limit: number;
      },
    ],
    DeliveryTable
  >(
    `SELECT * FROM deliveries WHERE (@state IS NULL OR state = @state) AND (@platform IS NULL OR
       platform = @platform AND workspace = @workspace AND channel = @channel)
     ORDER BY due DESC, id DESC LIMIT @limit`,
  );
  // Planned like a new row, because the operator has checked that it was not posted.
  const sendAgain = connection.prepare<[{ id: number; now: number }]>(
    `UPDATE deliveries SET state = 'planned', ready = 1, not_before = 0, due = @now, expected = @now, refusals = 0
     WHERE id = @id AND state = 'parked'`,
  );
  const drop = connection.prepare<[number]>(
    `UPDATE deliveries SET state = 'skipped', reason = 'dropped by the operator', ready = 0
     WHERE id = ? AND state = 'parked'`,
  );
  const dropRow = connection.transaction((id: number) => {
    if (drop.run(id).changes === 0) return false;
    threads.ended(id, 'its list was dropped by the operator');
    return true;
  });

  return {
    async figures(now) {
      const since = now - TWO_DAYS_MS;
      const oldestDue = oldest.get(now) ?? now;
      return {
        oldestDueSeconds: Math.max(0, Math.round((now - oldestDue) / 1000)),
        byState: Object.fromEntries(byState.all(since).map(({ state, count }) => [state, count])),
        ambiguous: ambiguous.get(now) ?? 0,
        parked: parked.get() ?? 0,
        ...compact({ lastSuccess: lastSuccess.get(since) }),
      };
    },
    late: async (now) =>
      late.all({ root: now - LATE_MS, reply: now - THREAD_LATE_MS }).map(({ ids, first: _, ...row }) => ({
        rows: JSON.parse(ids) as number[],
        example: toDeliveryRow(row),
      })),
    list: async ({ state, channel }, limit) =>
      list
        .all({
          state: state ?? null,
          platform: channel?.platform ?? null,
          workspace: channel?.workspace ?? null,
          channel: channel?.channel ?? null,
          limit,
        })
        .map(toDeliveryRow),
    unpark: async (id, decision, now) =>
      decision === 'send' ? sendAgain.run({ id, now }).changes > 0 : dropRow.immediate(id),
  };
}
