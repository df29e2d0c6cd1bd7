/** Opens the database file with the settings that its promises rest on. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { toUserError } from '../base/file-errors.ts';

export type Connection = Database.Database;

/** Milliseconds that a statement waits for another process's lock. Nothing but worker threads and the CLI waits. */
const BUSY_TIMEOUT_MS = 10_000;

interface OpenOptions {
  readonly readonly?: boolean;
  /** Of pages that are read again and again; better-sqlite3's own are 16. */
  readonly cacheMegabytes?: number;
}

/**
 * @param path the file, made when absent, readable for its owner alone; `:memory:` for a database that is gone when closed
 * @throws UserError when the file cannot be opened, is no database, or is damaged
 */
export function openDatabase(
  path: string,
  { readonly = false, cacheMegabytes }: OpenOptions = {},
): Connection {
  try {
    if (path !== ':memory:' && !readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(path);
    const connection = new Database(path, { readonly, timeout: BUSY_TIMEOUT_MS });
    // SQLite gives the -wal and -shm files the mode of the database.
    if (isNew && path !== ':memory:') chmodSync(path, 0o600);
    if (!readonly) {
      connection.pragma('journal_mode = WAL');
      // NORMAL can lose the last commits when the power fails.
      connection.pragma('synchronous = FULL');
      // What is deleted is overwritten. Imports are as fast as without (measured), as they hardly delete.
      connection.pragma('secure_delete = ON');
      // 16 MB: an import writes each page of its indexes once where the default of 4 MB writes it several times.
      connection.pragma('wal_autocheckpoint = 4000');
    }
    // Below zero it counts kibibytes: https://www.sqlite.org/pragma.html#pragma_cache_size
    if (cacheMegabytes !== undefined) connection.pragma(`cache_size = ${-1_024 * cacheMegabytes}`);
    connection.pragma('foreign_keys = ON');
    // Reads the schema: a file that is no database says so here and not at the first question.
    connection.pragma('schema_version');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    throw toUserError(error, path) ?? error;
  }
}
