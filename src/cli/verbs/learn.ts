/** Subcommand `learn`: computes the embeddings of all papers at once. */

import { startTrainer } from '../../app/stores.ts';
import { openLog } from '../../base/log.ts';
import { parseConfig } from '../../config/config.ts';
import { readEnvironment } from '../../config/environment.ts';
import { openEmbedder } from '../../search/embedders/open-embedder.ts';
import { openVectorIndexer } from '../../search/indexing/vector-indexer.ts';
import { nearestFolder } from '../../search/nearest/files.ts';
import { systemClock } from '../../time/clock.ts';
import { count, duration } from '../output/words.ts';
import { interruption, say, withStores } from '../session.ts';

const LINE_EVERY_MS = 2_000;

/** The first Ctrl-C stops after the current batch; the next run, or the bot, continues there. */
export async function runLearn(): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const signal = interruption(environment);
  const started = Date.now();
  let next = 0;
  await withStores(config, async ({ vectors }) => {
    const embedder = config.embeddings && openEmbedder(config.embeddings, systemClock);
    const vectorIndexer = openVectorIndexer({
      store: vectors,
      openTrainer: () => startTrainer(config.database),
      nearest: nearestFolder(config.database.path),
      ...(embedder && { embedder }),
      log: openLog(config.logLevel, config.logFile),
      onProgress({ what, papers, of }) {
        if (Date.now() < next) return;
        next = Date.now() + LINE_EVERY_MS;
        say(`${what}: ${papers.toLocaleString('en-GB')} of ${count(of, 'paper')}`);
      },
    });
    try {
      await vectorIndexer.sync(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      say('Stopped before the end. Run the same command again to continue.');
      return;
    } finally {
      await embedder?.close?.();
    }
    const { papers } = await vectors.overview();
    say(`Up to date: ${count(papers, 'paper')} in ${duration((Date.now() - started) / 1_000)}.`);
  });
}
