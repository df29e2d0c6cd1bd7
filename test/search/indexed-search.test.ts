import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Connection } from '../../src/db/open.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { SearchQuery } from '../../src/search/search.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { toIndex } from '../../src/text/index-text.ts';
import { temporaryFolder } from '../support/database.ts';
import { idsOf, openSearched } from './search-harness.ts';
import { bringPapers, FORM, openTestWriter, syncFully } from './word-index/index-harness.ts';

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
  { text: '模型' },
  { text: '型' },
  { text: '推理' },
  { text: '强化推理' },
  { text: 'attention -vision' },
  { text: 'attention -pre-training' },
  { text: '"sparse attention" vision' },
  { text: '"attention is sparse"' },
  { text: '"sparse attention" "graphs"' },
  { text: '"of proteins" -"sparse attention"' },
  { text: 'networks -"sparse attention"' },
  { text: 'networks -the' },
  { text: '"the of"' },
  { text: '"alan turing"' },
  { text: 'turing proteins' },
  { text: 'the of' },
  { text: 'nothing like this' },
  { text: 'attention', filter: { since: '2022-01-01' } },
  { text: 'graph networks', filter: { category: 'math' } },
  { text: 'attention', filter: { author: 'lovelace' } },
  { text: 'sparse attention', filter: { minVotes: 2 } },
  { text: 'attention', filter: { since: '2021-01-01', until: '2023-12-31', category: 'cs.LG' } },
  { text: 'attention', sort: 'newest' },
  { text: 'sparse attention', sort: 'votes' },
  { text: '"attention is sparse"', sort: 'newest' },
  { text: 'networks', sort: 'votes', filter: { author: 'a turing' } },
  { text: 'k-NN', sort: 'newest', filter: { category: 'math.CO', minVotes: 1 } },
];

async function openBoth() {
  const { connection, service } = await openSearched(PAPERS);
  const folder = join(temporaryFolder(), 'index');
  const index = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 1 });
  onTestFinished(() => index.close());
  const indexed = openSearchService(connection, index);
  return { connection, folder, index, service, indexed };
}

/** As in a large store, where FTS5 has only titles and names. */
function dropAbstracts(connection: Connection): void {
  connection.exec(`DELETE FROM papers_fts WHERE rowid <= ${PAPERS.length}`);
  const insert = connection.prepare(
    'INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)',
  );
  for (const [at, { title, authors = [] }] of PAPERS.entries()) {
    insert.run(at + 1, toIndex(title), '', toIndex(authors.join('\n')));
  }
}

const ALL = { filter: {}, sort: 'relevance', limit: 50, offset: 0 } as const;

describe('a search with the word index', () => {
  it('finds the same papers in the same order as one with FTS5', async () => {
    const { connection, folder, index, service, indexed } = await openBoth();
    const expected = new Map<object, string[]>();
    for (const query of QUERIES) expected.set(query, idsOf(await service.search({ ...ALL, ...query })));
    await syncFully(openTestWriter(connection, folder));
    dropAbstracts(connection);
    expect(index.search((segments) => segments.papers)).toBe(PAPERS.length);
    for (const query of QUERIES) {
      const found = idsOf(await indexed.search({ ...ALL, ...query }));
      expect(found, JSON.stringify(query)).toEqual(expected.get(query));
    }
  });

  it('counts the same papers', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    const expected: number[] = [];
    for (const { text, filter = {} } of QUERIES) expected.push(await service.count({ text, filter }, 7));
    expect(new Set(expected).size).toBeGreaterThan(4);
    await syncFully(openTestWriter(connection, folder));
    dropAbstracts(connection);
    for (const [at, { text, filter = {} }] of QUERIES.entries()) {
      expect(await indexed.count({ text, filter }, 7), text).toBe(expected[at]);
    }
  });

  it('lists the newest of very many papers', async () => {
    const { connection } = await openSearched([]);
    const many = Array.from({ length: 6_000 }, (_, n) => ({
      id: `2401.${String(n).padStart(5, '0')}`,
      title: `Paper ${n}`,
      abstract: n % 3 === 0 ? 'About networks of graphs.' : 'About graphs of networks.',
      published: `20${10 + (n % 15)}-01-01`,
      categories: [n % 2 === 0 ? 'cs.LG' : 'math.CO'],
    }));
    await bringPapers(connection, many);
    const folder = join(temporaryFolder(), 'index');
    const index = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 1 });
    onTestFinished(() => index.close());
    await syncFully(openTestWriter(connection, folder));
    const indexed = openSearchService(connection, index);
    const newest = {
      ...ALL,
      text: 'graphs',
      sort: 'newest',
      limit: 20,
      filter: { category: 'cs.LG' },
    } as const;
    const wanted = many
      .filter(({ categories }) => categories.includes('cs.LG'))
      .toSorted((a, b) => b.published.localeCompare(a.published) || b.id.localeCompare(a.id))
      .slice(0, 20);
    expect(idsOf(await indexed.search(newest))).toEqual(wanted.map(({ id }) => id));
    const phrase = { ...ALL, text: '"networks of graphs"', sort: 'newest', limit: 100 } as const;
    const found = await indexed.search(phrase);
    expect(found.hits.every(({ paper }) => paper.abstract.includes('networks of graphs'))).toBe(true);
    expect(found.hits).toHaveLength(100);
  });

  it('finds papers similar to others as one without does', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    await syncFully(openTestWriter(connection, folder));
    const asked = { ids: ['2101.00001'], filter: { category: 'cs.LG' }, limit: 50, offset: 0 };
    expect(idsOf(await indexed.similar(asked))).toEqual(idsOf(await service.similar(asked)));
  });

  it('finds titles and what the index has so far before it is complete', async () => {
    const { connection, folder, index, indexed } = await openBoth();
    const many = Array.from({ length: 9_000 }, (_, n) => ({ title: `Another ${n}`, abstract: 'Of whales.' }));
    await bringPapers(connection, many);
    dropAbstracts(connection);
    const found = async (text: string) => (await indexed.search({ ...ALL, text })).total;
    expect(await found('Work 10')).toBeGreaterThan(0);
    expect(await found('study')).toBe(0);
    const writer = openTestWriter(connection, folder);
    expect(await writer.sync()).toMatchObject({ isComplete: false });
    expect(index.search(({ papers }) => papers)).toBeUndefined();
    expect(index.searchPart(({ papers }) => papers)).toBeGreaterThan(8_000);
    expect(await found('study')).toBeGreaterThan(0);
    expect(await found('Another 8999')).toBeGreaterThan(0);
  });
});
