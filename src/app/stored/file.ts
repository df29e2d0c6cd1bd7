/** Opens the file of SQLite, with what only a file needs. */
import { statSync } from 'node:fs';
import { backUp, backUpNightly, damaged } from '../../db/backup.ts';
import { checkConnection } from '../../db/check.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { emptyJournal } from '../../db/erase.ts';
import { MIGRATIONS, migrate, type Upgrade } from '../../db/migrator.ts';
import { refuseUnfinished } from '../../db/moving/move.ts';
import { openDatabase } from '../../db/open.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import type { DatabaseFile } from '../stores.ts';

export interface OpenDatabase {
  readonly connection: DatabaseConnection;
  readonly database: DatabaseFile;
  readonly clock: Clock;
}

/** Checking a larger file takes seconds, so only the nightly backup and the doctor do it. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/** @throws UserError if the file cannot be used */
export async function openStoredFile(
  path: string,
  isForImport: boolean,
  onUpgrade: (upgrade: Upgrade) => void,
): Promise<OpenDatabase> {
  const connection = openDatabase(path, { isForImport });
  const migration = await migrate(connection, MIGRATIONS, onUpgrade);
  refuseUnfinished(connection);
  if (statSync(path).size <= CHECKED_AT_START_BYTES) {
    const fault = checkConnection(connection);
    if (fault !== undefined) throw damaged(path, fault);
  }
  return {
    connection,
    clock: systemClock,
    database: {
      migration: async () => migration,
      now: async () => Date.now(),
      backUp: (to) => backUp(connection, to),
      backUpNightly: (day, keep) => backUpNightly(connection, day, keep),
      emptyJournal: async () => emptyJournal(connection),
      check: async () => checkConnection(connection),
      // Threads are terminated without warning, so the journal must be written to the file before.
      close: async () => void connection.close(),
    },
  };
}
