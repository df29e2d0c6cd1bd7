/** The database and the search index, each behind a thread of its own. */
import type { MigrationReport } from './db/migrator.ts';
import type { Library } from './library/library.ts';
import type { ImportProgressStore } from './papers/import-store.ts';
import type { PaperStore } from './papers/paper-store.ts';
import type { SearchService } from './search/port.ts';
import type { SourceStore } from './sources/source-store.ts';
import { startThread } from './threads/thread.ts';
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
 * Starts both threads; the first migrates the database before the second reads it.
 * @param onDeath a thread ended on its own: the process cannot go on
 * @throws UserError when the database cannot be used
 */
export async function openStores(path: string, onDeath: (error: Error) => void): Promise<OpenStores> {
  const data: StoreThreadData = { path };
  const store = await startThread<Stores>(new URL('./store-thread.ts', import.meta.url), data, onDeath);
  const { database, papers, library, trending, sources, imports } = store.services;
  const search = await startThread<{ search: SearchService }>(
    new URL('./search/search-thread.ts', import.meta.url),
    data,
    onDeath,
  ).catch(async (error: unknown) => {
    // The other thread would keep the process alive.
    await store.stop();
    throw error;
  });
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
