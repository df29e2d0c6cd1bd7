import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openNearestReader } from '../../../src/search/nearest/nearest-reader.ts';
import { openSearchService } from '../../../src/search/search-service.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { MODEL, serveModel, storeVectors, update, vectorOf } from './nearest-harness.ts';

const PAGE = { sort: 'relevance', limit: 20, offset: 0 } as const;
const QUESTION = 'how do glaciers shape whole valleys';

/** Two papers of one direction, of which one has no word of the question. */
async function openStore() {
  const connection = await openTestDatabase();
  const records = [
    {
      id: '2401.00001',
      title: 'Glaciers and valleys',
      abstract: 'They shape them.',
      published: '2024-01-01',
    },
    { id: '2402.00002', title: 'Moving ice', abstract: 'It carves mountains.', published: '2024-02-01' },
    { id: '2403.00003', title: 'Cooking rice', abstract: 'A recipe for valleys.', published: '2024-03-01' },
  ];
  await openPaperStore(connection).importBatch(records, { source: 'arxiv', at: '2026-05-29T12:00:00Z' });
  serveModel(connection, MODEL);
  storeVectors(connection, [1, 2], () => vectorOf(1));
  storeVectors(connection, [3], () => vectorOf(1).map((value) => -value));
  const folder = join(temporaryFolder(), 'nearest');
  await update(connection, folder);
  const reader = openNearestReader(folder);
  onTestFinished(() => reader.close());
  const search = openSearchService(connection, undefined, reader);
  const { maker, name } = MODEL;
  const ask = async (text: string, filter = {}) => {
    const page = await search.search({ text, filter, ...PAGE }, { maker, name, vector: vectorOf(1) });
    return page.hits.map(({ paper }) => paper.id);
  };
  return { search, ask };
}

it('a question finds a paper that has none of its words', async () => {
  const { ask } = await openStore();
  const found = await ask(QUESTION);
  expect(found[0]).toBe('2401.00001');
  expect(found).toContain('2402.00002');
});

it('papers that are found by meaning pass the filter', async () => {
  const { ask } = await openStore();
  expect(await ask(QUESTION, { until: '2024-02-15' })).toContain('2402.00002');
  expect(await ask(QUESTION, { until: '2024-01-15' })).toEqual(['2401.00001']);
  expect(await ask(QUESTION, { since: '2024-02-15' })).toEqual(['2403.00003']);
});

it('a few words, phrases and exclusions find only papers that have the words', async () => {
  const { ask } = await openStore();
  expect(await ask('glaciers valleys')).not.toContain('2402.00002');
  expect(await ask('"glaciers and valleys" shape whole age')).not.toContain('2402.00002');
  expect(await ask('how glaciers shape whole valleys -recipe')).toEqual(['2401.00001']);
  expect(await ask('nothing knows these seven strange xylophones')).toEqual([]);
});

it('a paper without a common word is found as a similar one', async () => {
  const { search } = await openStore();
  const { hits } = await search.similar({ ids: ['2401.00001'], filter: {}, limit: 5, offset: 0 });
  expect(hits.map(({ paper }) => paper.id).sort()).toEqual(['2402.00002', '2403.00003']);
});
