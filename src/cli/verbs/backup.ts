/** Subcommands `backup` and `restore`. */
import { join } from 'node:path';
import { UserError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { backupFolder } from '../../db/backup.ts';
import { restore } from '../../db/restore.ts';
import { systemClock } from '../../time/clock.ts';
import { readConfig, say, withStores } from '../session.ts';

/** @throws UserError with what to use instead */
function refuseServer({ database }: Config): void {
  if (database.url === undefined) return;
  throw new UserError(
    'The database is on PostgreSQL. Use pg_dump and pg_restore instead; docs/guide/scale.md has the commands.',
  );
}

export async function runBackup(file?: string): Promise<void> {
  const config = readConfig();
  refuseServer(config);
  const stamp = systemClock.now().toISOString().replace(/[:.]/g, '-');
  const path = file ?? join(backupFolder(config.database.path), `manual-${stamp}.db`);
  await withStores(config, ({ database }) => database.backUp(path));
  say(`Backed up to ${path}.`);
}

export function runRestore(file: string): void {
  const config = readConfig();
  refuseServer(config);
  const { path: databasePath } = config.database;
  const { previous } = restore(file, databasePath, systemClock.now());
  say(
    `Restored ${databasePath} from ${file}.${previous === undefined ? '' : ` The old database is now ${previous}.`}`,
  );
}
