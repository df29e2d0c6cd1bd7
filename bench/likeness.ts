/**
 * Quality of similar papers and of pasted abstracts: nDCG@10 and recall@100, next to the bare index in the
 * same run, which gets title and abstract, or the abstract.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openSearchService } from '../src/search/search-service.ts';
import { ndcgOf, recallOf } from './quality.ts';
import { type AlikeSet, readAlikeSets } from './support/alike.ts';
import { openBareFts, openImported } from './support/bare-fts.ts';
import { openBareRanking } from './support/bare-fts-memory.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { fromArxivId, toArxivId } from './support/retrieval-sets.ts';

/** Spread over the whole set. */
const MOST_QUERIES = 150;
/** Texts that the bare index ranks itself, up to a second each, to show that it would rank the same. */
const COMPARED = 3;
/** With the paper itself, which does not count. */
const PAGE = { filter: {}, limit: 101, offset: 0 } as const;

export const likenessBenchmark: Benchmark = {
  prefix: 'likeness',
  async run(context) {
    const sets = await readAlikeSets(context.data);
    if (sets.length === 0) context.skip('likeness', 'no retrieval set and no arXiv papers in the data');
    for (const set of sets) await measure(set, context);
  },
};

async function measure({ name, records, queries }: AlikeSet, { scratch, report }: BenchContext) {
  const connection = await openImported(join(scratch, `likeness-${name}.db`), records);
  await learnMeanings(connection);
  const search = openSearchService(connection);
  const index = openBareFts(connection, records, PAGE.limit);
  const bare = openBareRanking(connection, PAGE.limit);
  const step = Math.ceil(queries.length / MOST_QUERIES);
  const chosen = queries.filter((_, index) => index % step === 0);
  for (const { self } of chosen.slice(0, COMPARED)) {
    assert.deepEqual(bare(self, ['abstract']), index(records[self]?.abstract ?? ''), 'as the index ranks');
  }
  const sums = new Map<string, number>();
  for (const { self, relevant } of chosen) {
    const { abstract = '' } = records[self] ?? {};
    const found = {
      'similar ours': idsOf(await search.similar({ ...PAGE, ids: [toArxivId(self)] })),
      'similar bare': bare(self, ['title', 'abstract']),
      'abstract ours': idsOf(await search.search({ ...PAGE, text: abstract, sort: 'relevance' })),
      'abstract bare': bare(self, ['abstract']),
    };
    for (const [kind, ranked] of Object.entries(found)) {
      const others = ranked.filter((index) => index !== self);
      add(sums, `${kind} ndcg`, ndcgOf(others, relevant) / chosen.length);
      add(sums, `${kind} recall`, recallOf(others, relevant) / chosen.length);
    }
  }
  connection.close();
  for (const kind of ['similar', 'abstract']) {
    const figure = (of: 'ours' | 'bare', what: string) => sums.get(`${kind} ${of} ${what}`) ?? 0;
    report(`likeness.${name}.${kind}.ndcg10`, figure('ours', 'ndcg'), 'nDCG', figure('bare', 'ndcg'));
    report(
      `likeness.${name}.${kind}.recall100`,
      figure('ours', 'recall'),
      'recall',
      figure('bare', 'recall'),
    );
  }
}

function idsOf({ hits }: { readonly hits: ReadonlyArray<{ readonly paper: { readonly id: string } }> }) {
  return hits.map(({ paper }) => fromArxivId(paper.id));
}

function add(sums: Map<string, number>, name: string, value: number): void {
  sums.set(name, (sums.get(name) ?? 0) + value);
}
