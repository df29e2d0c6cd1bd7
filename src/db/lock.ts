/** Lock that allows one running bot per database. The operating system releases it when the process ends. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf, UserError } from '../base/errors.ts';
import { toUserError } from '../base/file-errors.ts';

export interface ProcessLock {
  release(): void;
}

/**
 * Holds a write lock on a small SQLite file next to the database until released.
 * @throws UserError if another process holds it, or the file cannot be created
 */
export function lockDatabase(databasePath: string): ProcessLock {
  const lock = lockIfFree(databasePath);
  if (lock) return lock;
  throw new UserError(
    `${databasePath} is in use by another Paperboy. Stop that one first, or set DATA_DIR to another folder for this one.`,
  );
}

/**
 * @returns `undefined` if another process holds the lock
 * @throws UserError if the file cannot be created
 */
export function lockIfFree(databasePath: string): ProcessLock | undefined {
  const path = `${databasePath}.lock`;
  let lock: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    lock = new Database(path, { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (codeOf(error)?.startsWith('SQLITE_BUSY')) return undefined;
    throw toUserError(error, path) ?? error;
  }
  const held = lock;
  return { release: () => held.close() };
}

/** True if another Paperboy holds the lock, or if that is unknown. */
export function isServed(databasePath: string): boolean {
  if (!existsSync(`${databasePath}.lock`)) return false;
  try {
    const lock = lockIfFree(databasePath);
    lock?.release();
    return lock === undefined;
  } catch {
    return true;
  }
}

/** True if any process has the database open: only a sole connection can leave write-ahead mode. */
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
