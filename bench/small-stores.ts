/**
 * Quality in stores that are too small to learn from: nDCG@10 of 400 papers of each retrieval set, next to
 * the same search by words alone.
 */
import { join } from 'node:path';
import type { DatabaseConnection } from '../src/db/connection.ts';
import { openSearchService } from '../src/search/search-service.ts';
import { ndcgOf } from './quality.ts';
import { openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import {
  fromArxivId,
  type RetrievalQuery,
  type RetrievalSet,
  readRetrievalSets,
  toArxivId,
} from './support/retrieval-sets.ts';

const PAPERS = 400;
/** Papers in a sample that are an answer; the others are any papers of the set. */
const ANSWERS = 200;
const SAMPLES = 3;

export const smallStoresBenchmark: Benchmark = {
  prefix: 'small',
  async run({ data, scratch, report, skip }) {
    const sets = await readRetrievalSets(data);
    if (sets.length === 0) skip('small', 'no retrieval set in the folder bench of the data');
    for (const set of sets) {
      const sums = { ours: 0, words: 0, queries: 0 };
      for (let seed = 1; seed <= SAMPLES; seed++) {
        const { records, queries } = sampleOf(set, seed);
        const connection = await openImported(join(scratch, `small-${set.name}-${seed}.db`), records);
        sums.words += await sumOfNdcg(connection, queries);
        await learnMeanings(connection);
        sums.ours += await sumOfNdcg(connection, queries);
        sums.queries += queries.length;
        connection.close();
      }
      const { ours, words, queries } = sums;
      report(`small.${set.name}.ndcg10`, ours / queries, 'nDCG', words / queries);
    }
  },
};

async function sumOfNdcg(
  connection: DatabaseConnection,
  queries: readonly RetrievalQuery[],
): Promise<number> {
  const search = openSearchService(connection);
  let sum = 0;
  for (const { text, relevant } of queries) {
    const page = await search.search({ text, filter: {}, sort: 'relevance', limit: 10, offset: 0 });
    const ranked = page.hits.map(({ paper }) => fromArxivId(paper.id));
    sum += ndcgOf(ranked, relevant);
  }
  return sum;
}

/** All queries whose answers are in the sample. */
function sampleOf({ records, queries }: RetrievalSet, seed: number): Omit<RetrievalSet, 'name'> {
  const chosen = new Set<number>();
  for (const { relevant } of shuffled(queries, seed)) {
    if (chosen.size + relevant.size > ANSWERS) continue;
    for (const paper of relevant.keys()) chosen.add(paper);
  }
  for (const paper of shuffled([...records.keys()], seed)) if (chosen.size < PAPERS) chosen.add(paper);
  const indexes = new Map([...chosen].map((paper, index) => [paper, index]));
  const sampled = [...chosen].flatMap((paper, index) => {
    const record = records[paper];
    return record ? [{ ...record, id: toArxivId(index) }] : [];
  });
  const answered = queries
    .filter(({ relevant }) => [...relevant.keys()].every((paper) => indexes.has(paper)))
    .map(({ text, relevant }) => ({
      text,
      relevant: new Map([...relevant].map(([paper, gain]) => [indexes.get(paper) ?? 0, gain])),
    }));
  return { records: sampled, queries: answered };
}

/** In a random order that is the same each time. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const keyOf = (at: number) => Math.imul(at + 1, 0x9e3779b1 + 2 * seed) >>> 0;
  return items
    .map((item, at) => ({ item, key: Math.imul(keyOf(at) ^ (keyOf(at) >>> 15), 0x85ebca6b) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
