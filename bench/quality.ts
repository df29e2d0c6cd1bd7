/**
 * Quality of the ranking by meaning and words: nDCG@10 and recall@100 on every retrieval set, next to the
 * bare index in the same run.
 */
import { join } from 'node:path';
import { openSearchService } from '../src/search/search-service.ts';
import { openBareFts, openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { fromArxivId, type RetrievalSet, readRetrievalSets } from './support/retrieval-sets.ts';

const CUT = 10;
const DEPTH = 100;

export const qualityBenchmark: Benchmark = {
  prefix: 'quality',
  async run({ data, scratch, report, skip }) {
    const sets = await readRetrievalSets(data);
    if (sets.length === 0) skip('quality', 'no retrieval set in the folder bench of the data');
    for (const set of sets) {
      const { ours, bare } = await measure(set, join(scratch, set.name));
      report(`quality.${set.name}.ndcg10`, ours.ndcg, 'nDCG', bare.ndcg);
      report(`quality.${set.name}.recall100`, ours.recall, 'recall', bare.recall);
    }
  },
};

async function measure({ records, queries }: RetrievalSet, path: string) {
  const connection = await openImported(`${path}.db`, records);
  await learnMeanings(connection);
  const search = openSearchService(connection);
  const bare = openBareFts(connection, records);
  const sums = { ours: { ndcg: 0, recall: 0 }, bare: { ndcg: 0, recall: 0 } };
  const add = (
    sum: { ndcg: number; recall: number },
    ranked: number[],
    relevant: ReadonlyMap<number, number>,
  ) => {
    sum.ndcg += ndcgOf(ranked, relevant) / queries.length;
    sum.recall += recallOf(ranked, relevant) / queries.length;
  };
  for (const { text, relevant } of queries) {
    const page = await search.search({ text, filter: {}, sort: 'relevance', limit: DEPTH, offset: 0 });
    add(
      sums.ours,
      page.hits.map(({ paper }) => fromArxivId(paper.id)),
      relevant,
    );
    add(sums.bare, bare(text), relevant);
  }
  connection.close();
  return sums;
}

/**
 * Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002), with the linear gain of
 * trec_eval's `ndcg_cut`.
 */
export function ndcgOf(ranked: readonly number[], relevant: ReadonlyMap<number, number>): number {
  const gains = ranked.slice(0, CUT).map((paper) => relevant.get(paper) ?? 0);
  const ideal = [...relevant.values()].sort((a, b) => b - a).slice(0, CUT);
  return discounted(gains) / discounted(ideal);
}

export function recallOf(ranked: readonly number[], relevant: ReadonlyMap<number, number>): number {
  return ranked.slice(0, DEPTH).filter((paper) => relevant.has(paper)).length / relevant.size;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, channel) => sum + gain / Math.log2(channel + 2), 0);
}
