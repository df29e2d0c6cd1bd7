/** Main-thread interface of the feed parser. The worker starts with the first feed. */
import { startWorker, type WorkerHandle, workerModule } from '../../workers/worker.ts';
import { fromWorkerError } from '../http/source-error.ts';
import type { ArxivFeed } from './arxiv-feed.ts';

interface FeedParser {
  /** @throws SourceError as the functions of `arxiv-feed.ts` do */
  fromQueryFeed(xml: string): Promise<ArxivFeed>;
  fromDailyFeed(xml: string): Promise<ArxivFeed>;
  close(): Promise<void>;
}

interface FeedServices {
  readonly feeds: Omit<FeedParser, 'close'>;
}

export function openFeedParser(): FeedParser {
  let starting: Promise<WorkerHandle<FeedServices>> | undefined;

  function thread(): Promise<WorkerHandle<FeedServices>> {
    const forget = () => {
      starting = undefined;
    };
    if (!starting) {
      // After a crash on one feed, the next feed gets a new thread.
      starting = startWorker<FeedServices>(workerModule('./xml', import.meta.url), undefined, forget);
      starting.catch(forget);
    }
    return starting;
  }

  async function parse(work: (feeds: FeedServices['feeds']) => Promise<ArxivFeed>): Promise<ArxivFeed> {
    const { services } = await thread();
    try {
      return await work(services.feeds);
    } catch (error) {
      throw fromWorkerError(error);
    }
  }

  return {
    fromQueryFeed: (xml) => parse((feeds) => feeds.fromQueryFeed(xml)),
    fromDailyFeed: (xml) => parse((feeds) => feeds.fromDailyFeed(xml)),
    async close() {
      // A failed start was already reported to its caller, and leaves nothing to stop.
      const started = await starting?.catch(() => undefined);
      starting = undefined;
      await started?.stop();
    },
  };
}
