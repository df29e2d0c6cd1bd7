/** Brings a PostgreSQL database to the current schema, while several processes start at the same time. */
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../base/errors.ts';
import type { DatabaseConnection } from '../connection.ts';
import { MIGRATIONS, type MigrationReport, migrate, type Upgrade } from '../migrator.ts';
import { openDatabase } from '../open.ts';
import { createSchema } from './create-schema.ts';

/** Any number that nobody else locks: "PBOY" in ASCII, as in the files of SQLite. */
const LOCK = 0x50424f59;
/** While another process creates or upgrades the tables. */
const LOOK_EVERY_MS = 100;

/**
 * Creates the tables of an empty database, or takes the missing steps, each in a transaction.
 * @throws UserError for a database from a newer version
 */
export async function migratePostgres(
  connection: DatabaseConnection,
  migrations = MIGRATIONS,
  onUpgrade: (upgrade: Upgrade) => void = () => {},
): Promise<MigrationReport> {
  const pattern = openDatabase(':memory:');
  try {
    await migrate(pattern, migrations);
    const create = connection.transaction((): MigrationReport => {
      const from = versionOf(connection);
      if (from > migrations.length) throw tooNew(from, migrations.length);
      if (from > 0 && from < migrations.length) onUpgrade({ from, to: migrations.length });
      if (from === 0) {
        createSchema(connection, pattern);
        connection.exec('CREATE TABLE schema_version (version bigint NOT NULL)');
        connection.prepare('INSERT INTO schema_version (version) VALUES (?)').run(migrations.length);
      } else {
        for (const migration of migrations.slice(from)) migration.upPostgres?.(connection);
        connection.prepare('UPDATE schema_version SET version = ?').run(migrations.length);
      }
      return { from, to: migrations.length };
    });
    // Others wait here, and then find the work done. Not in the transaction, which would see the tables as
    // they were before the wait.
    const lock = connection.prepare<[], number>(`SELECT pg_try_advisory_lock(${LOCK})`).pluck();
    while (lock.get() !== 1) await setTimeout(LOOK_EVERY_MS);
    try {
      return create.immediate();
    } finally {
      connection.exec(`SELECT pg_advisory_unlock(${LOCK})`);
    }
  } finally {
    pattern.close();
  }
}

/** 0 for an empty database. */
export function versionOf(connection: DatabaseConnection): number {
  const exists = connection
    .prepare<[], string | null>(`SELECT to_regclass('schema_version')::text AS found`)
    .pluck()
    .get();
  if (exists === null || exists === undefined) return 0;
  return connection.prepare<[], number>('SELECT version FROM schema_version').pluck().get() ?? 0;
}

function tooNew(version: number, known: number): UserError {
  return new UserError(
    `The database was written by a newer Paperboy (schema ${version}; this one supports ${known}). Update Paperboy, or set DATABASE_URL to another database.`,
  );
}
