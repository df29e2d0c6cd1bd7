/** Searches in one thread, and in a second one while searches wait. */
import { availableParallelism } from 'node:os';
import type { Logger } from '../base/log.ts';
import type { DatabaseLocation } from '../db/location.ts';
import type { SearchThreadService } from '../search/search-service.ts';
import { startWorker, type WorkerHandle, workerModule } from '../workers/worker.ts';

export interface OpenSearch {
  readonly search: SearchThreadService;
  close(): Promise<void>;
}

type SearchThread = WorkerHandle<{ search: SearchThreadService }>;

interface OpenThread {
  readonly thread: SearchThread;
  /** Searches that it was given and has not answered. */
  pending: number;
}

/** With one search running and two that wait, a long one holds up the others. */
const MOST_PENDING = 3;
/** A thread has some dozen megabytes. */
const RESTS_AFTER_MS = 60_000;

/**
 * Starts the search thread. It opens the database with the first query, so it can start before migration
 * ends. A second thread starts when searches wait, and ends when there was nothing to search for a minute.
 * @param onDeath called when a thread ends unexpectedly; the process cannot continue
 * @param restsAfterMs for tests
 */
export async function openSearch(
  location: DatabaseLocation,
  log: Logger,
  onDeath: (error: Error) => void,
  restsAfterMs = RESTS_AFTER_MS,
): Promise<OpenSearch> {
  const module = workerModule('../search/search', import.meta.url);
  const start = async (): Promise<OpenThread> => ({
    thread: await startWorker(module, location, onDeath),
    pending: 0,
  });
  const mostThreads = Math.min(2, availableParallelism());
  const threads = [await start()];
  let starting: Promise<void> | undefined;
  let resting: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function startAnother(): Promise<void> {
    try {
      const another = await start();
      await another.thread.services.search.warmUp();
      if (isClosed) await another.thread.stop();
      else {
        threads.push(another);
        // Searches may have stopped waiting meanwhile.
        endLater();
      }
    } catch (error) {
      // The first thread answers, only later.
      if (!isClosed) log.warn({ err: error }, 'search: the second thread did not start');
    } finally {
      starting = undefined;
    }
  }

  function endLater(): void {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (threads.length > 1 && threads.at(-1)?.pending === 0) void threads.pop()?.thread.stop();
    }, restsAfterMs).unref();
  }

  async function run<Answer>(ask: (search: SearchThreadService) => Promise<Answer>): Promise<Answer> {
    const idlest = threads.reduce((best, each) => (each.pending < best.pending ? each : best));
    idlest.pending += 1;
    if (idlest.pending >= MOST_PENDING && threads.length < mostThreads) starting ??= startAnother();
    try {
      return await ask(idlest.thread.services.search);
    } finally {
      idlest.pending -= 1;
      if (threads.length > 1) endLater();
    }
  }

  return {
    search: {
      open: () => run((search) => search.open()),
      warmUp: () => run((search) => search.warmUp()),
      search: (query, given) => run((search) => search.search(query, given)),
      count: (query, limit) => run((search) => search.count(query, limit)),
      similar: (query) => run((search) => search.similar(query)),
      suggestPapers: (typed, limit) => run((search) => search.suggestPapers(typed, limit)),
      suggestAuthors: (typed, limit) => run((search) => search.suggestAuthors(typed, limit)),
      suggestCategories: (typed, limit) => run((search) => search.suggestCategories(typed, limit)),
    },
    async close() {
      isClosed = true;
      clearTimeout(resting);
      await starting;
      await Promise.all(threads.map(({ thread }) => thread.stop()));
    },
  };
}
