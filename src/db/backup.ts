/** Backs up the database while it is in use. Each backup is opened and checked before it counts. */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { toUserError } from '../base/file-errors.ts';
import { startWorker, workerModule } from '../workers/worker.ts';
import { checkFile } from './check.ts';
import type { CheckServices } from './check-worker.ts';
import type { SqliteConnection } from './open.ts';

const NIGHTLY = /^paperboy-\d{4}-\d{2}-\d{2}\.db$/;
const BEFORE_UPGRADE = /^before-schema-\d+\.db$/;
/** Backups made nightly, by `paperboy backup` or before an upgrade; not databases replaced by a restore. */
const GOOD = /^(paperboy|manual|before-schema)-[\w-]+\.db$/;

export function backupFolder(databasePath: string): string {
  return join(dirname(databasePath), 'backups');
}

/**
 * Copies an open database page by page, blocking its writers for only a few milliseconds.
 * @param path the backup; an existing file is replaced only after the check
 * @param check returns a description of damage, if there is any
 */
export async function backUp(
  connection: SqliteConnection,
  path: string,
  check: (path: string) => string | undefined | Promise<string | undefined> = checkFile,
): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    removeWhole(unfinished);
    await connection.backup(unfinished);
    chmodSync(unfinished, 0o600);
    const fault = await check(unfinished);
    if (fault !== undefined)
      throw new UserError(`The new backup ${path} is damaged (${fault}). Check the disk, then try again.`);
    renameSync(unfinished, path);
  } catch (error) {
    throw toUserError(error, path, 'choose another path') ?? error;
  } finally {
    removeWhole(unfinished);
  }
}

/** Reading a database leaves these empty files next to it. */
export function removeWhole(path: string): void {
  for (const file of ['', '-wal', '-shm'].map((suffix) => path + suffix)) if (existsSync(file)) rmSync(file);
}

/** Makes the nightly backup, and deletes the oldest beyond `keep`. */
export async function backUpNightly(
  connection: SqliteConnection,
  day: string,
  keep: number,
): Promise<string> {
  const path = join(backupFolder(connection.name), `paperboy-${day}.db`);
  await backUp(connection, path, checkApart);
  const nightly = nightlyBackups(connection.name);
  for (const old of nightly.slice(keep)) rmSync(old);
  // Copies from before an upgrade may hold data that was deleted since, and are useless once all nightly
  // backups are newer.
  const oldest = nightly[keep - 1];
  if (oldest !== undefined) for (const copy of upgradeCopies(connection.name, oldest)) rmSync(copy);
  return path;
}

async function checkApart(path: string): Promise<string | undefined> {
  const thread = await startWorker<CheckServices>(workerModule('./check', import.meta.url), undefined);
  try {
    return await thread.services.check.file(path);
  } finally {
    await thread.stop();
  }
}

/**
 * Newest first.
 * @throws UserError if their folder cannot be read
 */
export function nightlyBackups(databasePath: string): string[] {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return [];
  return namesIn(folder)
    .filter((name) => NIGHTLY.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Copies that upgrades made before this nightly backup. */
function upgradeCopies(databasePath: string, nightly: string): string[] {
  const folder = backupFolder(databasePath);
  const files = namesIn(folder)
    .filter((name) => BEFORE_UPGRADE.test(name))
    .map((name) => join(folder, name));
  return files.filter((file) => statSync(file).mtimeMs < statSync(nightly).mtimeMs);
}

/** The newest backup of any kind. */
function newestBackup(databasePath: string): string | undefined {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return undefined;
  const files = namesIn(folder)
    .filter((name) => GOOD.test(name))
    .map((name) => join(folder, name));
  return files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw toUserError(error, folder) ?? error;
  }
}

/** Error for a damaged database, with the backup to restore. */
export function damaged(databasePath: string, fault: string): UserError {
  const newest = newestBackup(databasePath);
  const mend =
    newest === undefined
      ? 'There is no backup. Move the file away and import the papers again'
      : `Restore the newest backup: npm run paperboy -- restore ${newest}`;
  return new UserError(`${basename(databasePath)} is damaged (${fault}). ${mend}.`);
}
