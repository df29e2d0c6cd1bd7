/** Subcommands `backup` and `restore`. */
import { join } from 'node:path';
import { backupFolder } from '../../db/backup.ts';
import { restore } from '../../db/restore.ts';
import { systemClock } from '../../time/clock.ts';
import { readConfig, say, withStores } from '../session.ts';

export async function runBackup(file?: string): Promise<void> {
  const config = readConfig();
  const stamp = systemClock.now().toISOString().replace(/[:.]/g, '-');
  const path = file ?? join(backupFolder(config.databasePath), `manual-${stamp}.db`);
  await withStores(config, ({ database }) => database.backUp(path));
  say(`Backed up to ${path}.`);
}

export function runRestore(file: string): void {
  const { databasePath } = readConfig();
  const { previous } = restore(file, databasePath, systemClock.now());
  say(
    `Restored ${databasePath} from ${file}.${previous === undefined ? '' : ` The old database is now ${previous}.`}`,
  );
}
