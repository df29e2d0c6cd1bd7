/**
 * The database thread. It is the only writer, so that queries and transactions never block the event loop.
 */
import { statSync } from 'node:fs';
import { toUserError } from '../base/file-errors.ts';
import { backUp, backUpNightly, damaged } from '../db/backup.ts';
import { checkConnection } from '../db/check.ts';
import { emptyJournal } from '../db/erase.ts';
import { MIGRATIONS, migrate } from '../db/migrator.ts';
import { openDatabase } from '../db/open.ts';
import { systemClock } from '../time/clock.ts';
import { serve, startData, tellStart } from '../workers/serve.ts';
import { openFeatureStores } from './store-list.ts';
import type { DatabaseFile, DatabaseWorkerData } from './stores.ts';

/** Checking a larger file takes seconds, so only the nightly backup and the doctor do it. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

const { path, isForImport = false } = startData<DatabaseWorkerData>();
const connection = openDatabase(path, { isForImport });
const migration = await migrate(connection, MIGRATIONS, tellStart);
if (statSync(path).size <= CHECKED_AT_START_BYTES) {
  const fault = checkConnection(connection);
  if (fault !== undefined) throw damaged(path, fault);
}

const database: DatabaseFile = {
  migration: async () => migration,
  backUp: (to) => backUp(connection, to),
  backUpNightly: (day, keep) => backUpNightly(connection, day, keep),
  emptyJournal: async () => emptyJournal(connection),
  check: async () => checkConnection(connection),
  // Threads are terminated without warning, so the journal must be written to the file before.
  close: async () => void connection.close(),
};

serve({ database, ...openFeatureStores(connection, systemClock) }, (error) => toUserError(error, path));
