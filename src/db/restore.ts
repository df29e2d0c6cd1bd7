/** Replaces the database with a backup. */
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { toUserError } from '../base/file-errors.ts';
import { backupFolder, removeWhole } from './backup.ts';
import { checkFile } from './check.ts';
import { isInUse, lockDatabase } from './lock.ts';
import { refuseUnreadable } from './migrator.ts';
import { openDatabase } from './open.ts';

export interface RestoreReport {
  /** New path of the replaced database; absent if there was none. */
  readonly previous?: string;
}

/**
 * Moves the current database into the backup folder.
 * @throws UserError if the backup is damaged, from a newer version or another program, or if the database is
 *   in use
 */
export function restore(backupPath: string, databasePath: string, now: Date): RestoreReport {
  if (!existsSync(backupPath))
    throw new UserError(`${backupPath} does not exist. Backups are in ${backupFolder(databasePath)}.`);
  const lock = lockDatabase(databasePath);
  const incoming = `${databasePath}.incoming`;
  try {
    if (isInUse(databasePath)) {
      throw new UserError(`${databasePath} is in use. Stop the bot and any import, then restore again.`);
    }
    bringIn(backupPath, incoming);
    const previous = setAside(databasePath, now);
    renameSync(incoming, databasePath);
    // Of the words of the replaced database; it is made again at the next start.
    rmSync(`${databasePath}.index`, { recursive: true, force: true });
    return previous === undefined ? {} : { previous };
  } catch (error) {
    throw toUserError(error, databasePath) ?? error;
  } finally {
    removeWhole(incoming);
    lock.release();
  }
}

/**
 * Copies the backup before checking it, because SQLite writes files next to a database and its folder may be
 * read-only.
 */
function bringIn(backupPath: string, incoming: string): void {
  try {
    accessSync(backupPath, constants.R_OK);
    if (statSync(backupPath).isDirectory())
      throw new UserError(`${backupPath} is a folder. Choose a file in it.`);
  } catch (error) {
    throw toUserError(error, backupPath, 'copy it to where this user may read it') ?? error;
  }
  removeWhole(incoming);
  copyFileSync(backupPath, incoming);
  chmodSync(incoming, 0o600);
  const fault = checkFile(incoming);
  if (fault !== undefined) throw new UserError(`${backupPath} is damaged (${fault}). Try an older backup.`);
  const backup = openDatabase(incoming, { readonly: true });
  try {
    refuseUnreadable(backup, { path: backupPath, otherwise: 'restore another backup' });
  } finally {
    backup.close();
  }
}

function setAside(databasePath: string, now: Date): string | undefined {
  if (!existsSync(databasePath)) return undefined;
  const stamp = now.toISOString().replace(/[:.]/g, '-');
  const previous = join(backupFolder(databasePath), `before-restore-${stamp}.db`);
  mkdirSync(dirname(previous), { recursive: true, mode: 0o700 });
  renameSync(databasePath, previous);
  // The write-ahead log belongs to the replaced database.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(databasePath + suffix)) renameSync(databasePath + suffix, previous + suffix);
  }
  rmSync(`${databasePath}-journal`, { force: true });
  return previous;
}
