/** Hands over what watches found, for the outbox of messages. Runs in the store thread. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { WatchHitTable } from '../db/tables/people.ts';
import { toPaper } from '../papers/paper-row.ts';
import type { DueHit, DueHits, WatchHits } from './watch.ts';
import { type TargetColumns, toTarget } from './watch-store.ts';

const OF_TARGET =
  'platform = @platform AND workspace = @workspace AND channel = @channel AND person = @person';
/** Targets in one transaction. */
const TARGETS = 100;

type Waiting = Pick<WatchHitTable, 'paper' | 'watch' | 'due' | 'why'> & {
  readonly pace: string;
  readonly wasTold: number;
};

export function openWatchHits(connection: DatabaseConnection): WatchHits {
  const due = connection.prepare<{ now: number; limit: number }, TargetColumns>(
    `SELECT w.platform, w.workspace, w.channel, w.person FROM watch_hits h JOIN watches w ON w.id = h.watch
     WHERE h.told_at IS NULL AND h.due <= :now
     GROUP BY w.platform, w.workspace, w.channel, w.person ORDER BY min(h.due) LIMIT :limit`,
  );
  const waiting = connection.prepare<[TargetColumns], Waiting>(
    `WITH own AS (SELECT id, pace FROM watches WHERE ${OF_TARGET})
     SELECT h.paper, h.watch, h.due, h.why, own.pace,
       EXISTS (SELECT 1 FROM own o JOIN watch_hits t ON t.watch = o.id AND t.paper = h.paper
         WHERE t.told_at IS NOT NULL) AS wasTold
     FROM own JOIN watch_hits h ON h.watch = own.id
     WHERE h.told_at IS NULL ORDER BY h.found_at, h.paper, h.watch`,
  );
  const markTold = connection.prepare<[TargetColumns & { papers: string; at: string }]>(
    `UPDATE watch_hits SET told_at = @at
     WHERE told_at IS NULL AND watch IN (SELECT id FROM watches WHERE ${OF_TARGET})
       AND paper IN (SELECT CAST(value AS BIGINT) FROM json_each(@papers))`,
  );
  const paper = connection.prepare<[number], PaperTable>('SELECT * FROM papers WHERE pk = ?');

  /** At-once hits together, daily ones at their time, and further reasons for the same papers. */
  function dueOf(columns: TargetColumns, now: number): { keys: number[]; hits: DueHit[] } {
    const rows = waiting.all(columns);
    const isAtOnce = rows.some((row) => row.due <= now && row.pace === 'at-once');
    const isDue = (row: Waiting) => row.due <= now || (isAtOnce && row.pace === 'at-once');
    const keys = [...new Set(rows.filter(isDue).map((row) => row.paper))];
    const hits = keys.flatMap((key): DueHit[] => {
      const ofPaper = rows.filter((row) => row.paper === key);
      const found = paper.get(key);
      if (!found || ofPaper.some(({ wasTold }) => wasTold === 1)) return [];
      const reasons = [...new Set(ofPaper.map(({ why }) => why))];
      return [{ paper: toPaper(found), reasons, watches: ofPaper.map(({ watch }) => watch) }];
    });
    return { keys, hits };
  }

  const take = connection.transaction((now: Date, put: (due: DueHits) => void, limit: number): number => {
    const targets = due.all({ now: now.getTime(), limit });
    for (const columns of targets) {
      const { keys, hits } = dueOf(columns, now.getTime());
      if (hits.length > 0) put({ target: toTarget(columns), hits });
      markTold.run({ ...columns, papers: JSON.stringify(keys), at: now.toISOString() });
    }
    return targets.length;
  });

  return { takeDue: (now, put, limit = TARGETS) => take.immediate(now, put, limit) };
}
