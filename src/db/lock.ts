/** One running bot per database: a lock that the operating system lets go when its holder dies, however it dies. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { UserError } from '../base/errors.ts';

export interface ProcessLock {
  release(): void;
}

/**
 * Holds a write lock on a small SQLite file beside the database until released.
 * @throws UserError when another process holds it
 */
export function lockDatabase(databasePath: string): ProcessLock {
  const lock = new Database(`${databasePath}.lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new UserError(
      `${databasePath} is in use by another Paperboy. Stop that one first, or give this one a DATA_DIR of its own.`,
    );
  }
  return { release: () => lock.close() };
}

/** True when any process has the database open: with the write-ahead log, only a sole connection can leave that mode. */
export function isInUse(databasePath: string): boolean {
  if (!existsSync(databasePath)) return false;
  const connection = new Database(databasePath, { timeout: 0 });
  try {
    return connection.pragma('journal_mode = DELETE', { simple: true }) !== 'delete';
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (code.startsWith('SQLITE_BUSY')) return true;
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return false;
    throw error;
  } finally {
    connection.close();
  }
}
