import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { openTrainer } from '../../../src/search/indexing/trainer.ts';
import { openVectorIndexer } from '../../../src/search/indexing/vector-indexer.ts';
import { openVectorStore } from '../../../src/search/indexing/vector-store.ts';
import { readNearest } from '../../../src/search/nearest/files.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { bring } from '../indexing/indexing-harness.ts';
import { topicalPapers } from '../indexing/topics.ts';

it('the vector indexer keeps the nearest vectors of a store of 1,000 papers up to date', async () => {
  const connection = await openTestDatabase();
  const folder = join(temporaryFolder(), 'nearest');
  let started = 0;
  const vectorIndexer = openVectorIndexer({
    store: openVectorStore(connection, () => new Date()),
    async openTrainer() {
      started += 1;
      return { trainer: openTrainer(connection, folder), close: async () => {} };
    },
    nearest: folder,
    log: silentLog,
  });
  const sync = () => vectorIndexer.sync(new AbortController().signal);
  await bring(connection, topicalPapers(999));
  await sync();
  expect(existsSync(folder)).toBe(false);
  await bring(connection, topicalPapers(2, 999));
  await sync();
  expect(readNearest(folder)?.tail.rows).toBe(1_001);
  await bring(connection, topicalPapers(3, 1_001));
  await sync();
  expect(readNearest(folder)?.tail.rows).toBe(1_004);
  expect(started).toBe(3);
  await sync();
  expect(started).toBe(3);
  rmSync(folder, { recursive: true });
  await sync();
  expect(readNearest(folder)?.tail.rows).toBe(1_004);
  expect(started).toBe(4);
});

it('a process that does not learn keeps the vectors that another one has learned', async () => {
  const connection = await openTestDatabase();
  const openIn = (folder: string) => {
    const learning: string[] = [];
    const vectorIndexer = openVectorIndexer({
      store: openVectorStore(connection, () => new Date()),
      async openTrainer() {
        const trainer = openTrainer(connection, folder);
        const learn = () => {
          learning.push(folder);
          return trainer.learn();
        };
        return { trainer: { ...trainer, learn }, close: async () => {} };
      },
      nearest: folder,
      log: silentLog,
    });
    return { vectorIndexer, learning };
  };
  const [ours, theirs] = [join(temporaryFolder(), 'nearest'), join(temporaryFolder(), 'nearest')];
  const [learner, other] = [openIn(ours), openIn(theirs)];
  const { signal } = new AbortController();
  await bring(connection, topicalPapers(1_001));
  await other.vectorIndexer.syncNearest(signal);
  expect(existsSync(theirs)).toBe(false);
  // At the same time, only one of the two writes the folder.
  await Promise.all([learner.vectorIndexer.sync(signal), learner.vectorIndexer.syncNearest(signal)]);
  await other.vectorIndexer.syncNearest(signal);
  expect([readNearest(ours)?.tail.rows, readNearest(theirs)?.tail.rows]).toEqual([1_001, 1_001]);
  expect([learner.learning.length > 0, other.learning]).toEqual([true, []]);
});
