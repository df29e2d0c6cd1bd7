/** The database and the search index, each behind a thread of its own. */
import type { MigrationReport } from './db/migrator.ts';
import type { Library } from './library/library.ts';
import type { ImportProgressStore } from './papers/import-store.ts';
import type { PaperStore } from './papers/paper-store.ts';
import type { SearchService } from './search/port.ts';
import type { SourceStore } from './sources/source-store.ts';
import { startThread, type Thread, threadModule } from './threads/thread.ts';
import type { TrendingService } from './trending/trending.ts';

export interface StoreThreadData {
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
  readonly imports: ImportProgressStore;
}

export interface OpenStores extends Stores {
  readonly search: SearchService;
  close(): Promise<void>;
}

/**
 * Starts both threads at once; the second touches the database only when it is asked, after the first has migrated it.
 * @param onDeath a thread ended on its own: the process cannot go on
 * @throws UserError when the database cannot be used
 */
export async function openStores(path: string, onDeath: (error: Error) => void): Promise<OpenStores> {
  const data: StoreThreadData = { path };
  const [store, search] = await startTogether(
    startThread<Stores>(threadModule('./store', import.meta.url), data, onDeath),
    startThread<{ search: SearchService }>(threadModule('./search/search', import.meta.url), data, onDeath),
  );
  const { database, papers, library, trending, sources, imports } = store.services;
  return {
    database,
    papers,
    library,
    trending,
    sources,
    imports,
    search: search.services.search,
    async close() {
      await search.stop();
      await database.close();
      await store.stop();
    },
  };
}

async function startTogether<A, B>(
  first: Promise<Thread<A>>,
  second: Promise<Thread<B>>,
): Promise<[Thread<A>, Thread<B>]> {
  try {
    return await Promise.all([first, second]);
  } catch (error) {
    // The one that did start would keep the process alive.
    await Promise.allSettled([first, second].map(async (starting) => (await starting).stop()));
    throw error;
  }
}
