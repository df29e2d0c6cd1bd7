/** What an operator wants to know of the files: how large the database is, and how old its newest backup. */
import { stat } from 'node:fs/promises';
import { codeOf } from '../base/errors.ts';
import { nightlyBackups } from '../db/backup.ts';

export interface ObservedFiles {
  /** With what waits in its write-ahead log. */
  databaseBytes(): Promise<number>;
  /** In milliseconds since 1970; 0 when there is none. Absent where none are made. */
  newestBackup?(): Promise<number>;
}

/** @param backups how many nightly ones are kept */
export function observeFiles(databasePath: string, backups: number): ObservedFiles {
  const newestBackup = async () => {
    const [newest] = nightlyBackups(databasePath);
    return newest === undefined ? 0 : (await stat(newest)).mtimeMs;
  };
  return {
    databaseBytes: async () => (await sizeOf(databasePath)) + (await sizeOf(`${databasePath}-wal`)),
    ...(backups > 0 && { newestBackup }),
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
