/** The ledger in the database, combined from stores over one table. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { DeliveryTable } from '../../db/tables/channels.ts';
import {
  CATCH_UP_MS,
  NO_THREAD,
  NOTICE_CATCH_UP_MS,
  PARKED_MS,
  THREAD_CATCH_UP_MS,
  TOO_LATE,
  UNCONFIRMED,
} from '../timing.ts';
import type { Ledger, PostLedger } from './ledger.ts';
import { openPlanStore } from './plan-store.ts';
import { openPostStore } from './post-store.ts';
import { openPostedRecords } from './posted-store.ts';
import { openRefreshStore } from './refresh-store.ts';
import { openReportStore } from './report-store.ts';
import { openThreadStore } from './thread-store.ts';

/** Runs in the database thread. Every call is one transaction. */
export function openLedger(connection: DatabaseConnection): Ledger {
  return {
    ...openPlanStore(connection),
    ...openPostStore(connection),
    ...openExpiry(connection),
    ...openRefreshStore(connection),
    ...openReportStore(connection),
  };
}

/** The row's platform is not running in this process. */
const UNSERVED = 'platform NOT IN (SELECT value FROM json_each(@served))';
/** No process holds a lease on the row. */
const FREE = 'not_before <= @now';

const NO_WORD = 'it may have been posted, and was not resolved within a week';

interface Due {
  readonly served: string;
  readonly now: number;
}

/** Ends rows after their deadline when no publisher handles them. */
function openExpiry(connection: DatabaseConnection): Pick<PostLedger, 'expire'> {
  const threads = openThreadStore(connection);
  const postedRecords = openPostedRecords(connection);
  const skipRoots = connection.prepare<[Due & { reason: string }], DeliveryTable>(
    `UPDATE deliveries SET state = 'skipped', reason = @reason, ready = 0
     WHERE ready = 1 AND state = 'planned' AND kind = 'root' AND ${UNSERVED} AND due < @now - ${CATCH_UP_MS}
     RETURNING *`,
  );
  const park = connection.prepare<[Due & { reason: string }]>(
    `UPDATE deliveries SET state = 'parked', reason = @reason, ready = 0
     WHERE ready = 1 AND state = 'sending' AND kind <> 'notice' AND ${UNSERVED} AND ${FREE}
       AND due < @now - ${THREAD_CATCH_UP_MS}`,
  );
  const endNotices = connection.prepare<[Due]>(
    `UPDATE deliveries SET ready = 0,
       reason = CASE state WHEN 'planned' THEN '${TOO_LATE}' ELSE '${UNCONFIRMED}' END, state = 'skipped'
     WHERE ready = 1 AND kind = 'notice' AND ${UNSERVED} AND ${FREE} AND due < @now - ${NOTICE_CATCH_UP_MS}`,
  );
  const endPosted = connection
    .prepare<[Due & { reason: string }], number>(
      `UPDATE deliveries SET state = 'done', reason = @reason, ready = 0
       WHERE ready = 1 AND state = 'posted' AND ${UNSERVED} AND ${FREE} AND due < @now - ${THREAD_CATCH_UP_MS}
       RETURNING id`,
    )
    .pluck();
  const unfinished = connection
    .prepare<[Due], number>(
      `SELECT DISTINCT root FROM deliveries
       WHERE ready = 1 AND state = 'planned' AND root IS NOT NULL AND ${UNSERVED} AND due < @now - ${THREAD_CATCH_UP_MS}`,
    )
    .pluck();
  const forgetParked = connection
    .prepare<[{ before: number; reason: string }], number>(
      `UPDATE deliveries SET state = 'skipped', reason = @reason WHERE state = 'parked' AND due < @before RETURNING id`,
    )
    .pluck();

  const expire = connection.transaction((served: string, now: number) => {
    const due = { served, now };
    for (const row of skipRoots.all({ ...due, reason: TOO_LATE })) {
      threads.ended(row.id, TOO_LATE);
      postedRecords.forget(row);
    }
    park.run({ ...due, reason: 'it may have been posted, and its platform is no longer configured' });
    endNotices.run(due);
    for (const id of endPosted.all({ ...due, reason: NO_THREAD })) threads.abandon(id, NO_THREAD);
    for (const root of unfinished.all(due)) threads.abandon(root, TOO_LATE);
    // It may have been posted, so its papers still count as posted.
    for (const id of forgetParked.all({ before: now - PARKED_MS, reason: NO_WORD }))
      threads.ended(id, NO_WORD);
  });

  return {
    expire: async (served, now) => expire.immediate(JSON.stringify(served), now),
  };
}
