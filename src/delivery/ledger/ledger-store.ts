/** The ledger in the database, combined from stores over one table. */
import type { Connection } from '../../db/open.ts';
import { openExpiryStore } from '../expiry-store.ts';
import type { Ledger } from './ledger.ts';
import { openPlanStore } from './plan-store.ts';
import { openPostStore } from './post-store.ts';
import { openRefreshStore } from './refresh-store.ts';
import { openReportStore } from './report-store.ts';

/** Runs in the database thread. Every call is one transaction. */
export function openLedger(connection: Connection): Ledger {
  return {
    ...openPlanStore(connection),
    ...openPostStore(connection),
    ...openExpiryStore(connection),
    ...openRefreshStore(connection),
    ...openReportStore(connection),
  };
}
