import { expect, it } from 'vitest';
import { openVectorStore } from '../../../src/search/indexing/vector-store.ts';
import { openTestDatabase } from '../../support/database.ts';
import { AT, bring } from './indexing-harness.ts';
import { topicalPapers } from './topics.ts';

it('a model that replaces an unfinished one needs a vector for every paper', async () => {
  const connection = await openTestDatabase();
  await bring(connection, topicalPapers(10));
  const store = openVectorStore(connection, () => new Date(AT));
  const facts = { maker: 'endpoint', dimensions: 3, papers: 10 } as const;
  const first = await store.begin({ ...facts, name: 'one' });
  const { papers, reached } = await store.pending(first, 4);
  await store.save(
    first,
    papers.map((paper) => ({ paper, bytes: Uint8Array.of(1, 1, 1) })),
    reached,
  );
  const second = await store.begin({ ...facts, name: 'two' });
  expect((await store.pending(second, 100)).papers).toHaveLength(10);
});
