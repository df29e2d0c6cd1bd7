/** The database and the search in it, each behind a thread of its own. */
import type { MigrationReport } from '../db/migrator.ts';
import type { Trainer } from '../search/indexing/trainer.ts';
import type { TrainerHandle } from '../search/indexing/vector-indexer.ts';
import type { WarmSearchService } from '../search/search-service.ts';
import { startWorker, workerModule } from '../workers/worker.ts';
import type { FeatureStores } from './store-list.ts';

export interface DatabaseWorkerData {
  /** The database file. */
  readonly path: string;
}

/** The file as a whole. */
export interface DatabaseFile {
  /** What starting this time had to migrate. */
  migration(): Promise<MigrationReport>;
  backUp(path: string): Promise<void>;
  backUpNightly(day: string, keep: number): Promise<string>;
  /** What is wrong with the file, `undefined` when nothing is. Reads all of it. */
  check(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface Stores extends FeatureStores {
  readonly database: DatabaseFile;
}

export interface OpenStores {
  readonly stores: Stores;
  close(): Promise<void>;
}

export interface OpenSearch {
  readonly search: WarmSearchService;
  close(): Promise<void>;
}

/**
 * Starts the thread that owns the database; it migrates before it answers.
 * @param onDeath the thread ended on its own: the process cannot go on
 * @throws UserError when the database cannot be used
 */
export async function openStores(path: string, onDeath: (error: Error) => void): Promise<OpenStores> {
  const data: DatabaseWorkerData = { path };
  const module = workerModule('./store', import.meta.url);
  const { services: stores, stop } = await startWorker<Stores>(module, data, onDeath);
  return {
    stores,
    async close() {
      await stores.database.close();
      await stop();
    },
  };
}

/** Starts the thread that searches. It opens the database at the first question, so it may start beside the other one. */
export async function openSearch(path: string, onDeath: (error: Error) => void): Promise<OpenSearch> {
  const data: DatabaseWorkerData = { path };
  const module = workerModule('../search/search', import.meta.url);
  const { services, stop } = await startWorker<{ search: WarmSearchService }>(module, data, onDeath);
  return { search: services.search, close: stop };
}

/** Starts the thread that learns. What it does can be done again, so that its end is an error of the call under way alone. */
export async function startTrainer(path: string): Promise<TrainerHandle> {
  const data: DatabaseWorkerData = { path };
  const module = workerModule('../search/indexing/trainer', import.meta.url);
  const { services, stop } = await startWorker<{ trainer: Trainer }>(module, data);
  return { trainer: services.trainer, close: stop };
}

/** Waits for things that open side by side; when one cannot, the others are closed, as they would keep the process alive. */
export async function openTogether<A extends Closable, B extends Closable>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<[A, B]> {
  try {
    return await Promise.all([first, second]);
  } catch (error) {
    await Promise.allSettled([first, second].map(async (opening) => (await opening).close()));
    throw error;
  }
}

interface Closable {
  close(): Promise<void>;
}
