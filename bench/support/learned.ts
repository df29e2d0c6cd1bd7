/**
 * Learns the built-in model for a database and embeds its papers, like the program, but in the calling
 * thread.
 */

import { silentLog } from '../../src/base/log.ts';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openTrainer } from '../../src/search/indexing/trainer.ts';
import { openVectorIndexer, type VectorIndexerOptions } from '../../src/search/indexing/vector-indexer.ts';
import { openVectorStore } from '../../src/search/indexing/vector-store.ts';

/** @returns the time that it took, in milliseconds */
export async function learnMeanings(
  connection: DatabaseConnection,
  options: Pick<VectorIndexerOptions, 'embedder'> = {},
): Promise<number> {
  const started = performance.now();
  const trainer = openTrainer(connection);
  const vectorIndexer = openVectorIndexer({
    store: openVectorStore(connection, () => new Date()),
    openTrainer: async () => ({ trainer, close: async () => {} }),
    log: silentLog,
    ...options,
  });
  await vectorIndexer.sync(new AbortController().signal);
  return performance.now() - started;
}
