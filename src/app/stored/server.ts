/** Opens a PostgreSQL database. Its administrator backs it up. */
import { UserError } from '../../base/errors.ts';
import type { DatabaseLocation } from '../../db/location.ts';
import { MIGRATIONS, type Upgrade } from '../../db/migrator.ts';
import { refuseUnfinished } from '../../db/moving/move.ts';
import { databaseNow } from '../../db/now.ts';
import { migratePostgres } from '../../db/postgres/migrate-postgres.ts';
import { toOutage } from '../../db/postgres/outage.ts';
import { openPostgres } from '../../db/postgres/postgres.ts';
import { systemClock } from '../../time/clock.ts';
import type { OpenDatabase } from './file.ts';

/** @throws UserError if the server cannot be reached, or the database is newer */
export async function openStoredServer(
  { path, url }: Required<DatabaseLocation>,
  onUpgrade: (upgrade: Upgrade) => void,
): Promise<OpenDatabase> {
  const connection = openPostgres(url, { files: path });
  const refuse = (): never => {
    throw new UserError('PostgreSQL has backups of its own: pg_dump makes one (docs/guide/scale.md).');
  };
  try {
    const migration = await migratePostgres(connection, MIGRATIONS, onUpgrade);
    refuseUnfinished(connection);
    const now = connection.prepare<[], number>(`SELECT ${databaseNow(connection)}`).pluck();
    return {
      connection,
      clock: { ...systemClock, now: () => new Date(now.get() ?? Date.now()) },
      database: {
        migration: async () => migration,
        now: async () => now.get() ?? 0,
        backUp: async () => refuse(),
        backUpNightly: async () => refuse(),
        // PostgreSQL reuses the space of deleted rows itself.
        emptyJournal: async () => true,
        check: async () => undefined,
        close: async () => void connection.close(),
      },
    };
  } catch (error) {
    connection.close();
    throw toOutage(error) ?? error;
  }
}
