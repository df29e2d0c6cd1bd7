/** The database and the search in it, each behind a thread of its own. */
import type { MigrationReport } from '../db/migrator.ts';
import type { Ledger } from '../delivery/ledger/ledger.ts';
import type { PostRequests } from '../delivery/ledger/post-requests-store.ts';
import type { PostedStore } from '../delivery/ledger/posted-store.ts';
import type { FeedStore } from '../feeds/feed-store.ts';
import type { Managers } from '../feeds/managers.ts';
import type { ImportProgressStore } from '../import/import-store.ts';
import type { Library } from '../library/library.ts';
import type { MessageStore } from '../messages/messages.ts';
import type { BudgetStore } from '../model/budget.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { PersonalData } from '../privacy/personal-data.ts';
import type { Trainer } from '../search/indexing/trainer.ts';
import type { TrainerHandle } from '../search/indexing/vector-indexer.ts';
import type { VectorStore } from '../search/indexing/vectors.ts';
import type { WarmSearchService } from '../search/search-service.ts';
import type { SourceStore } from '../sources/source-store.ts';
import type { SummaryStore } from '../summary/generation-cache.ts';
import type { TrendingService } from '../trending/trending.ts';
import { startWorker, workerModule } from '../workers/worker.ts';
import type { WorkspaceStore } from '../workspaces/workspaces.ts';

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

export interface Stores {
  readonly database: DatabaseFile;
  readonly papers: PaperStore;
  readonly library: Library;
  readonly trending: TrendingService;
  readonly sources: SourceStore;
  readonly ledger: Ledger;
  readonly imports: ImportProgressStore;
  readonly messages: MessageStore;
  readonly workspaces: WorkspaceStore;
  readonly people: PersonalData;
  readonly feeds: FeedStore;
  readonly managers: Managers;
  readonly posted: PostedStore;
  readonly postRequests: PostRequests;
  readonly summaries: SummaryStore;
  readonly budget: BudgetStore;
  readonly vectors: VectorStore;
}

export interface OpenStores extends Stores {
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
  const { services, stop } = await startWorker<Stores>(
    workerModule('./store', import.meta.url),
    data,
    onDeath,
  );
  return {
    database: services.database,
    papers: services.papers,
    library: services.library,
    trending: services.trending,
    sources: services.sources,
    imports: services.imports,
    messages: services.messages,
    workspaces: services.workspaces,
    people: services.people,
    feeds: services.feeds,
    managers: services.managers,
    posted: services.posted,
    postRequests: services.postRequests,
    ledger: services.ledger,
    summaries: services.summaries,
    budget: services.budget,
    vectors: services.vectors,
    async close() {
      await services.database.close();
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
