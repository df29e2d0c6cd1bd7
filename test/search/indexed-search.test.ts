import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { isSqlite } from '../../src/db/open.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { SearchQuery } from '../../src/search/search.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
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

/** Names of many kinds, and titles with other forms of words. */
const NAMED: readonly PaperRecord[] = [
  ['Young Stars', ['Li Wu', 'Yann LeCun']],
  ['A Study of GPT-4 Networks', ['Ann Young', 'José Núñez']],
  ['Old Stars and the Young', ['Giulia De Leo', 'Will Smith']],
  ['Stars', ['王小明', 'Wu Li']],
].map(([title, authors], n) => ({
  id: `2601.1000${n}`,
  title: String(title),
  abstract: 'We say how young they are. Li is lithium, and we will see.',
  authors: authors as string[],
  published: `2026-01-0${n + 1}`,
}));

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
  { text: '"alan turing"' },
  { text: 'turing proteins' },
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

/** As in a large store, where FTS5 has only the first papers. */
function dropWords(connection: DatabaseConnection): void {
  if (isSqlite(connection)) connection.exec('DELETE FROM papers_fts WHERE rowid IN (SELECT pk FROM papers)');
}

const ALL = { filter: {}, sort: 'relevance', limit: 50, offset: 0 } as const;

describe('a search with the word index', () => {
  it('finds the same papers in the same order as one with FTS5', async () => {
    const { connection, folder, index, service, indexed } = await openBoth();
    const expected = new Map<object, string[]>();
    for (const query of QUERIES) expected.set(query, idsOf(await service.search({ ...ALL, ...query })));
    await syncFully(openTestWriter(connection, folder));
    dropWords(connection);
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
    dropWords(connection);
    for (const [at, { text, filter = {} }] of QUERIES.entries()) {
      expect(await indexed.count({ text, filter }, 7), text).toBe(expected[at]);
    }
  });

  it('finds nothing but stop words among the first papers', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    await syncFully(openTestWriter(connection, folder));
    for (const text of ['of the', '"of proteins"', '"on the"'])
      expect(idsOf(await indexed.search({ ...ALL, text }))).toEqual(
        idsOf(await service.search({ ...ALL, text })),
      );
  });

  it('completes titles and names as one without does', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    await bringPapers(connection, NAMED);
    const titles = [...PAPERS, ...NAMED].map(({ title }) => title);
    const typed = titles.flatMap((title) => Array.from(title, (_, end) => title.slice(0, end + 1)));
    typed.push('vision spar', 'attention pro', 'pretrain', 'gpt4', 'studies of netw', '型推', 'nothing');
    const names = NAMED.flatMap(({ authors = [] }) => authors);
    const begun = names.flatMap((name) => Array.from(name, (_, end) => name.slice(0, end + 1)));
    begun.push('love', 'turing al', 'alan t', 'lecun y', 'nunez', 'nobody');
    const suggest = async (from: typeof service) => ({
      papers: await Promise.all(typed.map((text) => from.suggestPapers(text, 50))),
      authors: await Promise.all(begun.map((text) => from.suggestAuthors(text, 50))),
    });
    const expected = await suggest(service);
    expect(expected.papers.filter((found) => found.length > 0).length).toBeGreaterThan(typed.length / 2);
    await syncFully(openTestWriter(connection, folder));
    dropWords(connection);
    const found = await suggest(indexed);
    for (const [at, text] of typed.entries()) expect(found.papers[at], text).toEqual(expected.papers[at]);
    for (const [at, text] of begun.entries()) expect(found.authors[at], text).toEqual(expected.authors[at]);
  });

  it('finds an author by whole names, not by words of the text', async () => {
    const { connection, folder, service, indexed } = await openBoth();
    await bringPapers(connection, NAMED);
    const authors = [
      'Young',
      'Li',
      'li wu',
      'Y LeCun',
      'Yann L',
      'Núñez',
      'nunez',
      '王小明',
      '小明',
      'Will',
      'De Leo',
    ];
    const of = async (from: typeof service, author: string) =>
      idsOf(await from.search({ ...ALL, text: '', sort: 'newest', filter: { author } }));
    const expected = await Promise.all(authors.map((author) => of(service, author)));
    expect(new Set(expected.map(String)).size).toBeGreaterThan(4);
    await syncFully(openTestWriter(connection, folder));
    dropWords(connection);
    for (const [at, author] of authors.entries())
      expect(await of(indexed, author), author).toEqual(expected[at]);
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

  it('finds whole titles and what the index has so far before it is complete', async () => {
    const { connection, folder, index, indexed } = await openBoth();
    const many = Array.from({ length: 9_000 }, (_, n) => ({ title: `Another ${n}`, abstract: 'Of whales.' }));
    await bringPapers(connection, many);
    dropWords(connection);
    const found = async (text: string) => (await indexed.search({ ...ALL, text })).total;
    expect(await found(PAPERS[3]?.title ?? '')).toBeGreaterThan(0);
    expect(await found('study')).toBe(0);
    const writer = openTestWriter(connection, folder);
    expect(await writer.sync()).toMatchObject({ isComplete: false });
    expect(index.search(({ papers }) => papers)).toBeUndefined();
    expect(index.searchPart(({ papers }) => papers)).toBeGreaterThan(8_000);
    expect(await found('study')).toBeGreaterThan(0);
    expect(await found('Another 8999')).toBeGreaterThan(0);
  });
});
