/** A database with a vector indexer, for the tests in this folder. */

import { type Logger, silentLog } from '../../../src/base/log.ts';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import type { Embedder } from '../../../src/search/embedders/embedding-provider.ts';
import { openEndpoint } from '../../../src/search/embedders/endpoint.ts';
import { openTrainer, type Trainer } from '../../../src/search/indexing/trainer.ts';
import { openVectorIndexer, type VectorIndexer } from '../../../src/search/indexing/vector-indexer.ts';
import { openVectorStore } from '../../../src/search/indexing/vector-store.ts';
import { crashing, type Lifetime, lifetime } from '../../support/crash-injection.ts';
import { fakeClock } from '../../support/fake-clock.ts';

export const AT = '2026-05-29T12:00:00Z';

/** Later calls return later times, as sources do. */
export async function bring(
  connection: DatabaseConnection,
  records: readonly PaperRecord[],
  at = AT,
): Promise<void> {
  await openPaperStore(connection).importBatch(records, { source: 'arxiv', at });
}

export function serverEmbedder(baseUrl: string, model = 'vectors'): Embedder {
  return openEndpoint({ baseUrl, model, clock: fakeClock(AT), retryDelayMs: 0 });
}

interface KeptOptions {
  readonly embedder?: Embedder;
  /** Crashes at one of the calls to the database or to the trainer. */
  readonly life?: Lifetime;
  /** Replaces the trainer for this database's papers. */
  readonly trainer?: Trainer;
  readonly onProgress?: () => void;
  readonly log?: Logger;
}

/** A vector indexer on this database, as in one process. */
export function openTestKeeper(connection: DatabaseConnection, options: KeptOptions = {}): VectorIndexer {
  const {
    life = lifetime(),
    trainer = openTrainer(connection),
    embedder,
    onProgress,
    log = silentLog,
  } = options;
  return openVectorIndexer({
    store: crashing(
      openVectorStore(connection, () => new Date(AT)),
      life,
    ),
    openTrainer: async () => ({ trainer: crashing(trainer, life), close: async () => {} }),
    ...(embedder && { embedder }),
    ...(onProgress && { onProgress }),
    log,
  });
}

export async function sync(connection: DatabaseConnection, options: KeptOptions = {}): Promise<void> {
  await openTestKeeper(connection, options).sync(new AbortController().signal);
}

interface KeptVector {
  readonly id: string;
  readonly model: string;
  readonly packed: string;
}

/** Every paper's vectors, by the model that made them: everything except the learned bytes. */
export function vectorsIn(connection: DatabaseConnection): KeptVector[] {
  return connection
    .prepare<[], KeptVector>(
      `SELECT p.id, coalesce(m.name || ' ' || m.dimensions, 'a model that is gone') AS model, hex(v.packed) AS packed
       FROM paper_vectors v LEFT JOIN papers p ON p.pk = v.paper LEFT JOIN embedding_models m ON m.id = v.model
       ORDER BY model, p.id`,
    )
    .all();
}

interface KeptModel {
  readonly model: string;
  readonly state: string;
  /** Papers with a vector of this model. */
  readonly papers: number;
}

/** Without the term vectors, which are always active. */
export function modelsIn(connection: DatabaseConnection): KeptModel[] {
  return connection
    .prepare<[], KeptModel>(
      `SELECT name || ' ' || dimensions AS model, state,
         (SELECT count(*) FROM paper_vectors v WHERE v.model = m.id) AS papers
       FROM embedding_models m WHERE maker <> 'words' ORDER BY id`,
    )
    .all();
}
