/** A real database with the real migrations, in memory or in its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrator.ts';
import { isSqlite, openDatabase, type SqliteConnection } from '../../src/db/open.ts';
import { openPostgres, type PostgresOptions } from '../../src/db/postgres/postgres.ts';
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

export interface TestColumn {
  readonly table: string;
  readonly column: string;
  /** As SQLite's types are called. */
  readonly type: string;
}

/** The columns of all tables, or of those with a name like this. */
export function columnsOf(connection: DatabaseConnection, like = '%'): TestColumn[] {
  return connection
    .prepare<[string], TestColumn>(
      isSqlite(connection)
        ? `SELECT m.name AS "table", c.name AS "column", c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
           WHERE m.type = 'table' AND m.name LIKE ? ORDER BY m.name, c.cid`
        : `SELECT c.table_name AS "table", c.column_name AS "column",
             CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' ELSE 'TEXT' END AS type
           FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
           WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.column_name <> 'rowid' AND c.table_name LIKE ?
           ORDER BY c.table_name, c.ordinal_position`,
    )
    .all(like);
}

/**
 * Has inserts into a table fail while a condition on the row `NEW` holds.
 * @returns ends it
 */
export function breakInserts(
  connection: DatabaseConnection,
  table: string,
  condition: string,
  message: string,
): () => void {
  if (isSqlite(connection)) {
    connection.exec(`CREATE TEMP TRIGGER broken BEFORE INSERT ON main.${table} WHEN ${condition}
      BEGIN SELECT RAISE(ABORT, '${message}'); END`);
    return () => connection.exec('DROP TRIGGER broken');
  }
  connection.exec(`
    CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF ${condition} THEN RAISE EXCEPTION '${message}'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER broken BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION broken()`);
  const mend = () => connection.exec('DROP FUNCTION IF EXISTS broken CASCADE');
  onTestFinished(mend);
  return mend;
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The database of a test on PostgreSQL, for another process. */
export function urlOf({ name }: DatabaseConnection): string {
  return new URL(name, inject('postgres')).href;
}

/** Another connection to the database of a test on PostgreSQL. */
export function openAnother(
  connection: DatabaseConnection,
  options: PostgresOptions = {},
): DatabaseConnection {
  const another = openPostgres(urlOf(connection), options);
  onTestFinished(() => another.close());
  return another;
}

interface PooledDatabase {
  readonly connection: DatabaseConnection;
  isClosed: boolean;
}

let made = 0;
/** Databases of this process that no test uses: making one and connecting to it takes half a second. */
const free: PooledDatabase[] = [];

/** A database of the server with the tables, and nothing else in it. */
function openTestPostgres(server: string): DatabaseConnection {
  const pooled = free.pop() ?? makeDatabase(server);
  onTestFinished(() => {
    if (pooled.isClosed) return;
    // A test may have left a transaction open.
    pooled.connection.exec('ROLLBACK');
    pooled.connection.exec('SELECT fresh.start_over()');
    free.push(pooled);
  });
  return pooled.connection;
}

function makeDatabase(server: string): PooledDatabase {
  const name = `paperboy_test_${process.pid}_${++made}`;
  const creator = openPostgres(server);
  creator.exec(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  creator.close();
  const connection = openPostgres(new URL(name, server).href);
  const pooled: PooledDatabase = {
    connection: {
      ...connection,
      close() {
        pooled.isClosed = true;
        connection.close();
      },
    },
    isClosed: false,
  };
  return pooled;
}
