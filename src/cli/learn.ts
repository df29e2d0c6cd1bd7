/** `learn`: works out what all papers mean at once, as the running bot does little by little. */
import { systemClock } from '../clock.ts';
import { parseConfig, readEnvironment } from '../config.ts';
import { openKeeper } from '../embedding/keeper.ts';
import { openEmbedder } from '../embedding/open-embedder.ts';
import { openLog } from '../log.ts';
import { openLab } from '../stores.ts';
import { interruption, say, withStores } from './session.ts';
import { count, duration } from './words.ts';

const LINE_EVERY_MS = 2_000;

/** A first Ctrl-C stops after the batch under way; the next run, or the bot, goes on from there. */
export async function runLearn(): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const signal = interruption(environment);
  const started = Date.now();
  let next = 0;
  await withStores(config, async ({ vectors }) => {
    const embedder = config.embeddings && openEmbedder(config.embeddings, systemClock);
    const keeper = openKeeper({
      store: vectors,
      openLab: () => openLab(config.databasePath),
      ...(embedder && { embedder }),
      log: openLog(config.logLevel, config.logFile),
      onProgress({ what, papers, of }) {
        if (Date.now() < next) return;
        next = Date.now() + LINE_EVERY_MS;
        say(`${what}: ${papers.toLocaleString('en-GB')} of ${count(of, 'paper')}`);
      },
    });
    try {
      await keeper.keep(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      say('Stopped before the end. Run the same command again to go on from here.');
      return;
    } finally {
      await embedder?.close?.();
    }
    const { papers } = await vectors.overview();
    say(`Up to date: ${count(papers, 'paper')} in ${duration((Date.now() - started) / 1_000)}.`);
  });
}
