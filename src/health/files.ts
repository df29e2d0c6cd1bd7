/** Observes the size of the database and the age of its newest backup. */
import { stat } from 'node:fs/promises';
import { codeOf } from '../base/errors.ts';
import { nightlyBackups } from '../db/backup.ts';

export interface ObservedFiles {
  /** Including the write-ahead log. */
  databaseBytes(): Promise<number>;
  /** Milliseconds since 1970; 0 if there is none. Absent if backups are off. */
  newestBackup?(): Promise<number>;
}

/** @param backups number of nightly backups to keep */
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
