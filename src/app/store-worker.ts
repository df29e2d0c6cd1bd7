/** The thread that owns the database: the only writer, so that neither a query nor a transaction ever holds the main loop. */
import { statSync } from 'node:fs';
import { toUserError } from '../base/file-errors.ts';
import { backUp, backUpNightly, damaged } from '../db/backup.ts';
import { checkConnection } from '../db/check.ts';
import { migrate } from '../db/migrator.ts';
import { openDatabase } from '../db/open.ts';
import { openLedger } from '../delivery/ledger/ledger-store.ts';
import { openPostRequests } from '../delivery/ledger/post-requests-store.ts';
import { openPostedStore } from '../delivery/ledger/posted-store.ts';
import { openFeedStore } from '../feeds/feed-store.ts';
import { openManagers } from '../feeds/manager-store.ts';
import { openImportProgressStore } from '../import/import-store.ts';
import { openLibrary } from '../library/library-store.ts';
import { openMessageStore } from '../messages/message-store.ts';
import { openBudgetStore } from '../model/budget-store.ts';
import { openPaperStore } from '../papers/paper-store.ts';
import { openPersonalData } from '../privacy/personal-data-store.ts';
import { openVectorStore } from '../search/indexing/vector-store.ts';
import { openSourceStore } from '../sources/source-store.ts';
import { openSummaryStore } from '../summary/summary-store.ts';
import { systemClock } from '../time/clock.ts';
import { openTrendingService } from '../trending/trending-store.ts';
import { serve, startData } from '../workers/serve.ts';
import { openWorkspaceStore } from '../workspaces/workspace-store.ts';
import type { DatabaseFile, DatabaseWorkerData } from './stores.ts';

/** A larger file is not checked at each start, which would take seconds, but by each night's backup and the doctor. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

const { path } = startData<DatabaseWorkerData>();
const connection = openDatabase(path);
const migration = await migrate(connection);
if (statSync(path).size <= CHECKED_AT_START_BYTES) {
  const fault = checkConnection(connection);
  if (fault !== undefined) throw damaged(path, fault);
}

const database: DatabaseFile = {
  migration: async () => migration,
  backUp: (to) => backUp(connection, to),
  backUpNightly: (day, keep) => backUpNightly(connection, day, keep),
  check: async () => checkConnection(connection),
  // The threads end without warning: what the journal holds belongs in the file by then.
  close: async () => void connection.close(),
};

serve(
  {
    database,
    papers: openPaperStore(connection),
    library: openLibrary(connection),
    trending: openTrendingService(connection, systemClock),
    sources: openSourceStore(connection),
    ledger: openLedger(connection),
    imports: openImportProgressStore(connection),
    messages: openMessageStore(connection),
    workspaces: openWorkspaceStore(connection),
    people: openPersonalData(connection),
    feeds: openFeedStore(connection),
    managers: openManagers(connection),
    posted: openPostedStore(connection),
    postRequests: openPostRequests(connection),
    summaries: openSummaryStore(connection),
    budget: openBudgetStore(connection),
    vectors: openVectorStore(connection, systemClock.now),
  },
  (error) => toUserError(error, path),
);
