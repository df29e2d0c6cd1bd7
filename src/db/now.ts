/** The time by the clock of the database, which all processes on it share. */
import type { DatabaseConnection } from './connection.ts';
import { isSqlite } from './open.ts';

/** An expression of SQL: milliseconds since 1970. */
export function databaseNow(connection: DatabaseConnection): string {
  return isSqlite(connection)
    ? `CAST(unixepoch('subsec') * 1000 AS INTEGER)`
    : 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)';
}
