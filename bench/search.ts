/** Time of a search, next to a bare FTS5 table. Both get the same texts, in turn, in the same run. */
import { join } from 'node:path';
import type { PaperRecord } from '../src/papers/paper.ts';
import type { SearchService } from '../src/search/search.ts';
import { openSearchService } from '../src/search/search-service.ts';
import { fuzzQueries } from './fuzz-queries.ts';
import { openBareFts, openImported } from './support/bare-fts.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { readArxivPapers } from './support/papers.ts';
import { readRetrievalSets } from './support/retrieval-sets.ts';
import { quantile } from './support/statistics.ts';

const SIZES = { '10k': 10_000, '80k': 80_000 } as const;
const QUERIES = 300;
const FUZZED = 10_000;
const SEED = 20_260_529;
/** The same page as the command requests. */
const PAGE = { filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;

export const searchBenchmark: Benchmark = {
  prefix: 'search',
  async run(context) {
    const long = await longQuestions(context.data);
    for (const [size, count] of Object.entries(SIZES)) {
      // Read again for each size, so that garbage of the other size is not collected during the measurement.
      const papers = await readArxivPapers(context.data, count);
      if (!papers) return context.skip('search', 'no arxiv/arxiv_meta.jsonl.gz in the data');
      const texts = { long: long.length > 0 ? long : abstractSentences(papers), ...shortTexts(papers) };
      await measureSize(context, size, papers, size === '10k' ? { long: texts.long } : texts);
    }
  },
};

async function measureSize(
  { scratch, report }: BenchContext,
  size: string,
  papers: readonly PaperRecord[],
  texts: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const path = join(scratch, `search-${size}.db`);
  const connection = await openImported(path, papers);
  report(`search.${size}.learn_s`, (await learnMeanings(connection)) / 1_000, 's');
  const search = openSearchService(connection);
  await search.warmUp();
  const bare = openBareFts(connection, papers);
  for (const [kind, queries] of Object.entries(texts)) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const text of queries) {
      ours.push(await timed(() => search.search({ text, ...PAGE })));
      theirs.push(await timed(() => bare(text)));
    }
    for (const [name, part] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      report(`search.${size}.${kind}.${name}_ms`, quantile(ours, part), 'ms', quantile(theirs, part));
    }
  }
  if (size === '10k') report('search.10k.fuzz.max_ms', await slowestFuzz(search), 'ms');
  connection.close();
}

async function slowestFuzz(search: SearchService): Promise<number> {
  let slowest = 0;
  for (const text of fuzzQueries(FUZZED, SEED)) {
    slowest = Math.max(slowest, await timed(() => search.search({ text, ...PAGE })));
  }
  return slowest;
}

/**
 * Claims and one-line summaries, as examples of queries that are sentences. The same number from every set.
 */
export async function longQuestions(data: string): Promise<string[]> {
  const sets = await readRetrievalSets(data);
  const each = Math.ceil(QUERIES / Math.max(1, sets.length));
  return sets.flatMap(({ queries }) => queries.slice(0, each).map(({ text }) => text));
}

function abstractSentences(papers: readonly PaperRecord[]): string[] {
  return spread(papers).map(({ abstract }) => abstract.slice(0, 150));
}

/** One to three words from a title, and IDs, for papers from the whole store. */
export function shortTexts(papers: readonly PaperRecord[]) {
  const chosen = spread(papers);
  return {
    short: chosen.map(({ title }, channel) => {
      const words = title.split(/\s+/).filter((word) => word.length > 3);
      return words.slice(0, (channel % 3) + 1).join(' ');
    }),
    id: chosen.flatMap(({ id }) => (id === undefined ? [] : [id])),
  };
}

function spread(papers: readonly PaperRecord[]): PaperRecord[] {
  const step = Math.max(1, Math.floor(papers.length / QUERIES));
  return papers.filter((_, channel) => channel % step === 0).slice(0, QUERIES);
}

export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
