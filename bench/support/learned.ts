/** A database in which meanings are worked out, as the program does it, in the calling thread. */

import { silentLog } from '../../src/base/log.ts';
import type { Connection } from '../../src/db/open.ts';
import { openLab } from '../../src/search/indexing/trainer.ts';
import { type KeeperOptions, openKeeper } from '../../src/search/indexing/vector-indexer.ts';
import { openVectorStore } from '../../src/search/indexing/vector-store.ts';

/** @returns milliseconds that it took */
export async function learnMeanings(
  connection: Connection,
  options: Pick<KeeperOptions, 'embedder'> = {},
): Promise<number> {
  const started = performance.now();
  const lab = openLab(connection);
  const keeper = openKeeper({
    store: openVectorStore(connection, () => new Date()),
    openLab: async () => ({ lab, close: async () => {} }),
    log: silentLog,
    ...options,
  });
  await keeper.keep(new AbortController().signal);
  return performance.now() - started;
}
