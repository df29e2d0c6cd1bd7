import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { SearchQuery } from '../../src/search/search.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { temporaryFolder } from '../support/database.ts';
import { idsOf, openSearched } from './search-harness.ts';
import { FORM, openTestWriter, syncFully } from './word-index/index-harness.ts';

const SUBJECTS = [
  'sparse attention',
  'pre-training',
  'graph networks',
  'k-NN search',
  'C++ compilers',
  '大模型推理',
];
const PLACES = ['in vision', 'for speech', 'of proteins', 'with attention', 'without pretraining'];

const PAPERS: readonly PaperRecord[] = SUBJECTS.flatMap((subject, n) =>
  PLACES.map((place, m) => ({
    id: `2${n + 1}0${m + 1}.00001`,
    title: `Work ${n}${m} on ${subject} ${place}`,
    abstract: `We study ${subject}. ${m % 2 === 0 ? 'Attention is sparse here.' : 'Networks are graphs.'}`,
    authors: [m === 0 ? 'Ada Lovelace' : 'Alan Turing'],
    categories: [n % 2 === 0 ? 'cs.LG' : 'math.CO'],
    published: `20${n + 20}-0${m + 1}-01`,
    votes: n * m,
  })),
);

const QUERIES: ReadonlyArray<Partial<SearchQuery> & { readonly text: string }> = [
  { text: 'attention' },
  { text: 'sparse attention' },
  { text: 'sparse attention vision' },
  { text: 'pre-training' },
  { text: 'pretraining speech' },
  { text: 'k-NN' },
  { text: 'C++' },
  { text: '大模型' },
  { text: 'attention -vision' },
  { text: 'attention -pre-training' },
  { text: '"sparse attention" vision' },
  { text: 'the of' },
  { text: 'nothing like this' },
  { text: 'attention', filter: { since: '2022-01-01' } },
  { text: 'graph networks', filter: { category: 'math' } },
  { text: 'attention', filter: { author: 'lovelace' } },
  { text: 'sparse attention', filter: { minVotes: 2 } },
  { text: 'attention', filter: { since: '2021-01-01', until: '2023-12-31', category: 'cs.LG' } },
  { text: 'attention', sort: 'newest' },
  { text: 'sparse attention', sort: 'votes' },
];

async function openBoth() {
  const { connection, service } = await openSearched(PAPERS);
  const folder = join(temporaryFolder(), 'index');
  const index = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 1 });
  onTestFinished(() => index.close());
  const indexed = openSearchService(connection, index);
  return { connection, folder, index, service, indexed };
}

describe('a search with the word index', () => {
  it('finds the same papers in the same order as one without', async () => {
    const { connection, folder, index, service, indexed } = await openBoth();
    await syncFully(openTestWriter(connection, folder));
    expect(index.search((segments) => segments.papers)).toBe(PAPERS.length);
    for (const query of QUERIES) {
      const asked = { filter: {}, sort: 'relevance', limit: 50, offset: 0, ...query } as const;
      expect(idsOf(await indexed.search(asked)), query.text).toEqual(idsOf(await service.search(asked)));
    }
  });

  it('finds papers similar to others as one without does', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    await syncFully(openTestWriter(connection, folder));
    const asked = { ids: ['2101.00001'], filter: { category: 'cs.LG' }, limit: 50, offset: 0 };
    expect(idsOf(await indexed.similar(asked))).toEqual(idsOf(await service.similar(asked)));
  });

  it('answers from FTS5 before the index is complete', async () => {
    const { indexed } = await openBoth();
    const asked = { text: 'sparse attention', filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
    expect((await indexed.search(asked)).hits).toHaveLength(5);
  });

  it('asks the index, not FTS5, for words', async () => {
    const { connection, folder, indexed } = await openBoth();
    await syncFully(openTestWriter(connection, folder));
    connection.exec(`DELETE FROM papers_fts`);
    const asked = { text: 'sparse attention', filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
    expect((await indexed.search(asked)).hits).toHaveLength(5);
  });
});
