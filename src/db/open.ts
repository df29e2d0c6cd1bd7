/** Opens the database file with the pragmas for durability and speed. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { toUserError } from '../base/file-errors.ts';
import type { DatabaseConnection } from './connection.ts';

/** A connection to a file, with what only SQLite has. */
export type SqliteConnection = DatabaseConnection &
  Omit<Database.Database, keyof DatabaseConnection> & { readonly engine: 'sqlite' };

/** For what only one engine needs. */
export function isSqlite(connection: DatabaseConnection): connection is SqliteConnection {
  return connection.engine === 'sqlite';
}

/** Milliseconds that a statement waits for a lock of another process; only in worker threads and the CLI. */
const BUSY_TIMEOUT_MS = 10_000;

export interface DatabaseOptions {
  readonly readonly?: boolean;
  /** Page cache; better-sqlite3's default is 16. */
  readonly cacheMegabytes?: number;
  /**
   * For an import while no bot runs: commits are on the disk some seconds later, and the journal grows to
   * 256 MB, so that pages of indexes are written to the file once for more papers. A power failure can take
   * the last commits; the import then repeats them.
   */
  readonly isForImport?: boolean;
}

/** Pages of the journal, 4 kB each, after which a commit moves them to the file. */
const JOURNAL_PAGES = { usual: 4_000, ofImport: 64_000 } as const;

/**
 * @param source the file, created with mode 0600 if absent; `:memory:` for a temporary database, or the bytes
 * of one
 * @throws UserError if the file cannot be opened, is damaged, or is not a database
 */
export function openDatabase(
  source: string | Buffer,
  { readonly = false, cacheMegabytes, isForImport = false }: DatabaseOptions = {},
): SqliteConnection {
  const path = typeof source === 'string' ? source : ':memory:';
  try {
    if (path !== ':memory:' && !readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(path);
    const connection = Object.assign(new Database(source, { readonly, timeout: BUSY_TIMEOUT_MS }), {
      engine: 'sqlite' as const,
      files: path === ':memory:' ? undefined : path,
    }) as unknown as SqliteConnection;
    // SQLite creates the -wal and -shm files with the mode of the database.
    if (isNew && path !== ':memory:') chmodSync(path, 0o600);
    if (!readonly) {
      connection.pragma('journal_mode = WAL');
      // NORMAL can lose the last commits in a power failure.
      connection.pragma(`synchronous = ${isForImport ? 'NORMAL' : 'FULL'}`);
      // Overwrites what is deleted. Imports are as fast as without it (measured).
      connection.pragma('secure_delete = ON');
      const pages = isForImport ? JOURNAL_PAGES.ofImport : JOURNAL_PAGES.usual;
      connection.pragma(`wal_autocheckpoint = ${pages}`);
    }
    // A negative value is in kibibytes: https://www.sqlite.org/pragma.html#pragma_cache_size
    if (cacheMegabytes !== undefined) connection.pragma(`cache_size = ${-1_024 * cacheMegabytes}`);
    connection.pragma('foreign_keys = ON');
    // Reads the schema, so that a file that is not a database fails here.
    connection.pragma('schema_version');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    throw toUserError(error, path) ?? error;
  }
}
