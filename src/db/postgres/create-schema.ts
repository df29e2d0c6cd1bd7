/** Creates the tables of an empty PostgreSQL database, as SQLite has them after all migrations. */
import type { DatabaseConnection } from '../connection.ts';
import type { SqliteConnection } from '../open.ts';
import { COMPATIBILITY } from './compatibility.ts';
import { OWN_SCHEMA } from './own-schema.ts';
import { toPostgresSchema } from './schema.ts';

/** @param migrated a new SQLite database, whose few rows are copied as well */
export function createSchema(connection: DatabaseConnection, migrated: SqliteConnection): void {
  for (const statement of [...COMPATIBILITY, ...toPostgresSchema(migrated)]) connection.exec(statement);
  copyAll(connection, migrated);
  continueNumbers(connection);
  for (const statement of OWN_SCHEMA) connection.exec(statement);
}

function copyAll(connection: DatabaseConnection, migrated: SqliteConnection): void {
  const tables = connection
    .prepare<[], string>(
      `SELECT table_name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
    )
    .pluck()
    .all();
  for (const table of tables) copyRows(connection, migrated, table);
}

function copyRows(connection: DatabaseConnection, from: SqliteConnection, table: string): void {
  for (const row of from.prepare<[], object>(`SELECT * FROM ${table}`).all()) {
    const columns = Object.keys(row);
    const values = columns.map((column) => `@${column}`);
    connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row);
  }
}

/** Keys that were copied do not advance the sequences. */
export function continueNumbers(connection: DatabaseConnection): void {
  const keys = connection
    .prepare<[], { name: string; key: string }>(
      `SELECT table_name AS name, column_name AS key FROM information_schema.columns
       WHERE table_schema = current_schema() AND is_identity = 'YES'`,
    )
    .all();
  for (const { name, key } of keys) {
    connection.exec(
      `SELECT setval(pg_get_serial_sequence('${name}', '${key}'), coalesce(max(${key}), 0) + 1, false) FROM ${name}`,
    );
  }
}
