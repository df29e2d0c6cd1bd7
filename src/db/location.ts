/** Location of the database: a file of SQLite, or PostgreSQL with a folder for each process. */
import type { DatabaseConnection } from './connection.ts';
import { type DatabaseOptions, openDatabase } from './open.ts';
import { openPostgres } from './postgres/postgres.ts';

export interface DatabaseLocation {
  /**
   * The file of SQLite. The indexes stand beside it, and so does the lock. With PostgreSQL, only they exist:
   * each process has its own.
   */
  readonly path: string;
  /** Of PostgreSQL, which then has everything that is stored. */
  readonly url?: string;
}

/** @throws UserError if it cannot be opened; with PostgreSQL, statements throw instead */
export function openLocation(
  { path, url }: DatabaseLocation,
  options: DatabaseOptions = {},
): DatabaseConnection {
  return url === undefined ? openDatabase(path, options) : openPostgres(url, { files: path });
}
