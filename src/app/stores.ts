/** Starts the threads of the database, recommendations, training and the word index. */
import type { DatabaseLocation } from '../db/location.ts';
import type { MigrationReport, Upgrade } from '../db/migrator.ts';
import type { Recommender } from '../recommend/recommend.ts';
import type { Trainer } from '../search/indexing/trainer.ts';
import type { TrainerHandle } from '../search/indexing/vector-indexer.ts';
import type { WordIndexState, WordIndexWriter } from '../search/word-index/index-writer.ts';
import {
  type IndexKeeper,
  type IndexKeeperOptions,
  startIndexKeeper,
} from '../search/word-index/keep-index.ts';
import { indexFolder, isIntact } from '../search/word-index/manifest.ts';
import { startWorker, type WorkerHandle, workerModule } from '../workers/worker.ts';
import type { FeatureStores } from './store-list.ts';

export interface DatabaseThreadData extends DatabaseLocation {
  /** See `openDatabase`. */
  readonly isForImport?: boolean;
}

/** Operations on the whole database. PostgreSQL does some of them itself. */
export interface DatabaseFile {
  /** Returns the migrations of this start. */
  migration(): Promise<MigrationReport>;
  /** Milliseconds since 1970 by the clock of PostgreSQL, which all processes share. */
  now(): Promise<number>;
  backUp(path: string): Promise<void>;
  backUpNightly(day: string, keep: number): Promise<string>;
  /** Returns `false` if readers prevented it. */
  emptyJournal(): Promise<boolean>;
  /** Reads the whole file and returns a description of damage, or `undefined`. */
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

/**
 * Starts the database thread, which migrates the database before it answers.
 * @param onDeath called when the thread ends unexpectedly; the process cannot continue
 * @param onUpgrade called when the migration of a database with data begins
 * @throws UserError when the database cannot be used
 */
export async function openStores(
  location: DatabaseLocation,
  onDeath: (error: Error) => void,
  onUpgrade: (upgrade: Upgrade) => void = () => {},
  { isForImport = false }: Pick<DatabaseThreadData, 'isForImport'> = {},
): Promise<OpenStores> {
  const data: DatabaseThreadData = { ...location, isForImport };
  const module = workerModule('./store', import.meta.url);
  const told = (notice: unknown) => onUpgrade(notice as Upgrade);
  const { services: stores, stop } = await startWorker<Stores>(module, data, onDeath, told);
  return {
    stores,
    async close() {
      await stores.database.close();
      await stop();
    },
  };
}

export interface OpenRecommender {
  readonly recommender: Recommender;
  close(): Promise<void>;
}

/** Starts the thread with the first call, as many installations never ask for recommendations. */
export function openRecommenderThread(location: DatabaseLocation): OpenRecommender {
  let starting: Promise<WorkerHandle<{ recommender: Recommender }>> | undefined;
  // After an exit, the next call starts it again.
  const forget = () => {
    starting = undefined;
  };
  async function thread(): Promise<Recommender> {
    starting ??= startWorker(workerModule('../recommend/recommend', import.meta.url), location, forget);
    starting.catch(forget);
    return (await starting).services.recommender;
  }
  return {
    recommender: {
      recommend: async (query) => (await thread()).recommend(query),
      recommendIds: async (query) => (await thread()).recommendIds(query),
      tasteOf: async (audience) => (await thread()).tasteOf(audience),
      spelledOut: async (abbreviation) => (await thread()).spelledOut(abbreviation),
    },
    async close() {
      // A failed start was reported to its caller, and leaves nothing to stop.
      const started = await starting?.catch(() => undefined);
      await started?.stop();
    },
  };
}

/** Starts the training thread. Its work can be repeated, so an unexpected end only fails the running call. */
export async function startTrainer(location: DatabaseLocation): Promise<TrainerHandle> {
  const module = workerModule('../search/indexing/trainer', import.meta.url);
  const { services, stop } = await startWorker<{ trainer: Trainer }>(module, location);
  return { trainer: services.trainer, close: stop };
}

/** Without a change for this long, the thread of the word index ends, and the next change starts it again. */
const INDEX_RESTS_AFTER_MS = 60_000;

/**
 * Has a thread keep the word index of a large store while it changes. If the thread ends, or cannot write,
 * another one is started after a pause, and the index answers as it is meanwhile.
 * @param restsAfterMs for tests
 */
export function startWordIndex(
  location: DatabaseLocation,
  options: Omit<IndexKeeperOptions, 'writer'>,
  restsAfterMs = INDEX_RESTS_AFTER_MS,
): IndexKeeper {
  const module = workerModule('../search/word-index/word-index', import.meta.url);
  const start = () => startWorker<{ wordIndex: WordIndexWriter }>(module, location);
  let thread: ReturnType<typeof start> | undefined;
  let wasBuilt = false;
  let last: { readonly state: WordIndexState; readonly since: number } | undefined;
  async function end(): Promise<void> {
    const former = thread;
    thread = undefined;
    await former?.then(({ stop }) => stop()).catch(() => undefined);
  }
  /** The last state, if the thread has ended and there is nothing to do. */
  async function atRest(): Promise<WordIndexState | undefined> {
    if (thread || !last || (await options.changes.last()) !== last.state.reached) return undefined;
    return isIntact(indexFolder(location.path)) ? last.state : undefined;
  }
  async function sync() {
    const resting = await atRest();
    if (resting) return resting;
    thread ??= start();
    try {
      const state = await (await thread).services.wordIndex.sync();
      wasBuilt ||= !state.isComplete;
      const isDone = state.isComplete && !state.isBehind && !state.isMerging;
      const now = performance.now();
      if (!isDone || last?.state.reached !== state.reached) last = { state, since: now };
      // Ending it also frees the memory that indexing all papers took.
      else if (wasBuilt || now - last.since >= restsAfterMs) {
        wasBuilt = false;
        await end();
      }
      return state;
    } catch (error) {
      // The next attempt starts another thread.
      await end();
      last = undefined;
      throw error;
    }
  }
  const keeper = startIndexKeeper({ ...options, writer: { sync } });
  return {
    async stop() {
      const stopped = keeper.stop();
      // In the middle of a step, which the next process takes again.
      await end();
      await stopped;
    },
  };
}

/** Opens two things in parallel. If one fails, closes the other, which would keep the process alive. */
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
