/** The composition root: the one place where the parts of the program are made and tied together. */

import { completions } from '../commands/completions.ts';
import { catalogue } from '../commands/index.ts';
import type { Services } from '../commands/services.ts';
import type { ChatHandlers } from './chat/port.ts';
import { systemClock } from './clock.ts';
import { openDispatcher } from './command/dispatch.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { type OpenStores, openStores } from './stores.ts';
import { openSummaryService } from './summary/summary-service.ts';

export interface Paperboy {
  readonly stores: OpenStores;
  readonly services: Services;
  readonly handlers: ChatHandlers;
  close(): Promise<void>;
}

/**
 * Everything but the chat platforms and the schedule.
 * @param onDeath a part of the program ended that it cannot go on without
 * @throws UserError when the database cannot be used
 */
export async function openPaperboy(
  { databasePath }: Pick<Config, 'databasePath'>,
  log: Logger,
  onDeath: (error: Error) => void,
): Promise<Paperboy> {
  const stores = await openStores(databasePath, onDeath);
  const { papers, search, trending, library } = stores;
  const services: Services = { papers, search, trending, library, summary: openSummaryService() };
  const handlers = openDispatcher({ catalogue, services, completions, clock: systemClock, log });
  return { stores, services, handlers, close: () => stores.close() };
}
