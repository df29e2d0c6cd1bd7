/** A real database with the real migrations, in memory or in its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrator.ts';
import { isSqlite, openDatabase, type SqliteConnection } from '../../src/db/open.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { TEMPLATE } from './postgres.ts';

/** A new database's bytes: migrating thousands of them in a run would take half a minute. */
let empty: Buffer | undefined;

/** On the engine of this run, or in a file. Closes the database when the test ends. */
export async function openTestDatabase(path?: string): Promise<DatabaseConnection> {
  const server = inject('postgres');
  return path === undefined && server !== undefined ? openTestPostgres(server) : openTestSqlite(path);
}

/** For what only SQLite has. Closes the database when the test ends. */
export async function openTestSqlite(path = ':memory:'): Promise<SqliteConnection> {
  const isTemporary = path === ':memory:';
  const connection = openDatabase((isTemporary && empty) || path);
  onTestFinished(() => void connection.close());
  await migrate(connection);
  if (isTemporary) empty ??= connection.serialize();
  return connection;
}

/** The same data once more, in memory. Closes it when the test ends. */
export function copyDatabase(connection: SqliteConnection): SqliteConnection {
  const copy = openDatabase(connection.serialize());
  onTestFinished(() => void copy.close());
  return copy;
}

/** All that is stored: the bytes of SQLite's file, or all rows. */
export function everythingIn(connection: DatabaseConnection): Buffer {
  if (isSqlite(connection)) return connection.serialize();
  const tables = connection
    .prepare<[], string>(
      `SELECT table_name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
    )
    .pluck()
    .all();
  const rows = tables.flatMap((table) =>
    connection.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().all(),
  );
  const toBytes = (value: unknown) => (value instanceof Uint8Array ? value : Buffer.from(`${value}\n`));
  return Buffer.concat(rows.flatMap((row) => row.map(toBytes)));
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let made = 0;

/** A new database of the server, which has the tables. */
function openTestPostgres(server: string): DatabaseConnection {
  const name = `test_${process.pid}_${++made}`;
  const creator = openPostgres(server);
  creator.exec(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  creator.close();
  const connection = openPostgres(new URL(name, server).href);
  onTestFinished(() => connection.close());
  return connection;
}
