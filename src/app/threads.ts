/** Starts the threads that every answer needs, beside each other. */
import type { Logger } from '../base/log.ts';
import type { Config } from '../config/config.ts';
import type { Upgrade } from '../db/migrator.ts';
import { type OpenSearch, openSearch } from './search-threads.ts';
import { type OpenStores, openStores, openTogether } from './stores.ts';

export type OpenThreads = readonly [stores: OpenStores, searching: OpenSearch];

/**
 * @param onDeath called when one of them ends unexpectedly
 * @param onUpgrade called when the migration of a database with data begins
 * @throws UserError when the database cannot be used
 */
export function openThreads(
  { database }: Pick<Config, 'database'>,
  log: Logger,
  onDeath: (error: Error) => void,
  onUpgrade?: (upgrade: Upgrade) => void,
): Promise<OpenThreads> {
  return openTogether(openStores(database, onDeath, onUpgrade), openSearch(database, log, onDeath));
}
