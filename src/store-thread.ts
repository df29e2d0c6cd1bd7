/** The thread that owns the database: the only writer, so that neither a query nor a transaction ever holds the main loop. */
import { statSync } from 'node:fs';
import { systemClock } from './clock.ts';
import { backUp, backUpNightly, damaged } from './db/backup.ts';
import { checkConnection } from './db/check.ts';
import { migrate } from './db/migrator.ts';
import { openDatabase } from './db/open.ts';
import { openAskedPosts } from './delivery/asked-posts.ts';
import { openFeedStore } from './delivery/feed-store.ts';
import { openLedger } from './delivery/ledger-store.ts';
import { openManagers } from './delivery/manager-store.ts';
import { openPostedStore } from './delivery/posted-store.ts';
import { openVectorStore } from './embedding/vector-store.ts';
import { toUserError } from './file-errors.ts';
import { openLibrary } from './library/library-store.ts';
import { openMessageStore } from './messages/message-store.ts';
import { openBudgetStore } from './model/budget-store.ts';
import { openImportProgressStore } from './papers/import-store.ts';
import { openPaperStore } from './papers/paper-store.ts';
import { openSourceStore } from './sources/source-store.ts';
import type { DatabaseFile, DatabaseThreadData } from './stores.ts';
import { openSummaryStore } from './summary/summary-store.ts';
import { serve, threadData } from './threads/serve.ts';
import { openTrendingService } from './trending/trending-store.ts';
import { openPersonalData } from './workspaces/personal-data-store.ts';
import { openWorkspaceStore } from './workspaces/workspace-store.ts';

/** A larger file is not checked at each start, which would take seconds, but by each night's backup and the doctor. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

const { path } = threadData<DatabaseThreadData>();
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
    askedPosts: openAskedPosts(connection),
    summaries: openSummaryStore(connection),
    budget: openBudgetStore(connection),
    vectors: openVectorStore(connection, systemClock.now),
  },
  (error) => toUserError(error, path),
);
