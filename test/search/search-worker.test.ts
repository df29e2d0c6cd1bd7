import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SearchService } from '../../src/search/search.ts';
import { startWorker } from '../../src/workers/worker.ts';
import { temporaryFolder } from '../support/database.ts';
import { addPapers, openSearched, paper } from './search-harness.ts';

const MODULE = new URL('../../src/search/search-worker.ts', import.meta.url);
const QUERY = { filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;

it('the search thread answers from the file, and sees changes that are written while it runs', async () => {
  const path = join(temporaryFolder(), 'paperboy.db');
  const { connection } = await openSearched([paper('Learned Routing')], path);
  const thread = await startWorker<{ search: SearchService }>(MODULE, { path });
  onTestFinished(() => thread.stop());
  const { search } = thread.services;
  expect(await search.search({ text: 'route', ...QUERY })).toMatchObject({ by: 'words', total: 1 });
  await addPapers(connection, [paper('Protein Folding')]);
  expect(await search.search({ text: 'proteins', ...QUERY })).toMatchObject({ total: 1 });
  expect(await search.search({ text: 'protien folds', ...QUERY })).toMatchObject({ total: 1 });
  expect(await search.search({ text: 'protien', ...QUERY })).toMatchObject({
    correction: { text: 'protein' },
  });
});
