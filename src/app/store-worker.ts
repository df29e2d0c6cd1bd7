/**
 * The database thread. With SQLite, it is the only writer, so that queries and transactions never block the
 * event loop.
 */
import { toUserError } from '../base/file-errors.ts';
import { toOutage } from '../db/postgres/outage.ts';
import { serve, startData, tellStart } from '../workers/serve.ts';
import { openFeatureStores } from './store-list.ts';
import { openStoredFile } from './stored/file.ts';
import { openStoredServer } from './stored/server.ts';
import type { DatabaseThreadData } from './stores.ts';

const { path, url, isForImport = false } = startData<DatabaseThreadData>();
const { connection, database, clock } =
  url === undefined
    ? await openStoredFile(path, isForImport, tellStart)
    : await openStoredServer({ path, url }, tellStart);

serve({ database, ...openFeatureStores(connection, clock) }, (error) =>
  url === undefined ? toUserError(error, path) : toOutage(error),
);
