/**
 * Search with many papers: its time next to a bare FTS5 table of the same run, the pace of the import and of
 * the word index, their size and memory. `BENCH_PAPERS` is the number of papers, and `BENCH_PAPERS_FILE` a
 * file of JSON lines with more papers than are recorded.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseConnection } from '../src/db/connection.ts';
import { migrate } from '../src/db/migrator.ts';
import { openDatabase } from '../src/db/open.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { openPaperStore } from '../src/papers/paper-store.ts';
import { openReindexer } from '../src/papers/reindex-store.ts';
import { modelKey, nearestFolder } from '../src/search/nearest/files.ts';
import { type NearestReader, openNearestReader } from '../src/search/nearest/nearest-reader.ts';
import { updateNearest } from '../src/search/nearest/nearest-writer.ts';
import { openVectorSource } from '../src/search/nearest/vector-source.ts';
import { openVectorReader } from '../src/search/retrieval/vector-reader-store.ts';
import type { SearchQuery, SearchService } from '../src/search/search.ts';
import { openSearchService } from '../src/search/search-service.ts';
import type { WordIndexReader } from '../src/search/word-index/index-reader.ts';
import { openWordIndexWriter } from '../src/search/word-index/index-writer.ts';
import { indexFolder } from '../src/search/word-index/manifest.ts';
import { openWordChangeStore } from '../src/search/word-index/word-change-store.ts';
import { INDEX_FORM } from '../src/text/index-text.ts';
import { longQuestions, shortTexts, timed } from './search.ts';
import { openBareTable } from './support/bare-fts.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { indexAll } from './support/indexed.ts';
import { learnMeanings } from './support/learned.ts';
import { arxivFile, readPapers } from './support/papers.ts';
import { quantile } from './support/statistics.ts';

const PAPERS = Number(process.env['BENCH_PAPERS'] ?? 80_000);
/** Share of the papers that must be there. */
const ENOUGH = 0.99;
/** As many as the program stores at once. */
const BATCH = 1_000;
/** Papers from which short queries are made. */
const QUERIED = 40_000;
const PAGE = { filter: {}, sort: 'relevance', limit: 5, offset: 0 } as const;
const DEPTH = 100;
const BARE_MS = 30_000;
const OTHERS = 300;
const MOST_COUNTED = 1_000;
/** Letters of a title that are completed. */
const TYPED = 7;

export const scaleBenchmark: Benchmark = {
  prefix: 'scale',
  async run(context) {
    const file = process.env['BENCH_PAPERS_FILE'] ?? arxivFile(context.data);
    if (!existsSync(file)) return context.skip('scale', `no ${file}`);
    await measureSize(context, file);
  },
};

async function measureSize({ data, scratch, report, skip }: BenchContext, file: string): Promise<void> {
  const path = join(scratch, 'scale.db');
  const connection = openDatabase(path, { isForImport: true });
  await migrate(connection);
  openReindexer(connection);
  const bare = openBareTable(connection);
  const { imported, papers, seconds } = await importAll(connection, file, bare.add);
  if (imported < PAPERS * ENOUGH)
    return skip('scale', `${imported} papers in ${file}: set BENCH_PAPERS_FILE`);
  report('scale.import.rows_per_s', imported / seconds, 'rows/s');
  const before = process.memoryUsage().rss;
  const { reader, seconds: indexing } = await indexAll(connection, path);
  report('scale.index.rows_per_s', imported / indexing, 'rows/s');
  report('scale.index.mb', folderBytes(indexFolder(path)) / 2 ** 20, 'MB');
  report('scale.index.memory_mb', (process.memoryUsage().rss - before) / 2 ** 20, 'MB');
  report('scale.index.visible_ms', await untilFound(connection, path, reader), 'ms');
  report('scale.learn_s', (await learnMeanings(connection)) / 1_000, 's');
  const nearest = await sortVectors(connection, path);
  report('scale.nearest.build_s', nearest.milliseconds / 1_000, 's');
  report('scale.nearest.mb', folderBytes(nearestFolder(path)) / 2 ** 20, 'MB');
  const texts = {
    long: await longQuestions(data),
    ...shortTexts(papers),
    title: papers.slice(0, 300).map(({ title }) => title),
    abstract: papers.slice(0, 30).map(({ abstract }) => abstract),
  };
  await measureNearest(connection, path, texts.long, report);
  const ours = openSearchService(connection, reader, nearest.reader);
  const ids = papers.slice(0, 200).flatMap(({ id }) => id ?? []);
  const similar = await eachTimed(ids, (id) => ours.similar({ ids: [id], filter: {}, limit: 5, offset: 0 }));
  reportTimes(report, 'similar', similar);
  for (const [kind, queries] of Object.entries(texts)) {
    const times = await eachTimed(queries, (text) => ours.search({ text, ...PAGE }));
    reportTimes(report, kind, times, await timesOfBare(queries, bare.search));
  }
  await measureOthers(ours, papers, pairsOf(papers), report);
  reader.close();
  nearest.reader.close();
  connection.close();
}

async function sortVectors(connection: DatabaseConnection, path: string) {
  const folder = nearestFolder(path);
  const source = openVectorSource(connection);
  const milliseconds = await timed(() => updateNearest({ folder, source, pause: async () => {} }));
  return { milliseconds, reader: openNearestReader(folder) };
}

/** Time of the nearest vectors alone, and the share of the exact answer that they are. */
async function measureNearest(
  connection: DatabaseConnection,
  path: string,
  questions: readonly string[],
  report: BenchContext['report'],
): Promise<void> {
  const vectors = openVectorReader(connection);
  const model = vectors.serving();
  if (!model) return;
  const asked = questions.slice(0, 100).flatMap((text) => vectors.embedText(model, text) ?? []);
  const search = (reader: NearestReader, vector: Float32Array) =>
    reader.search(modelKey(model), vector, { limit: DEPTH });
  const exact = openNearestReader(nearestFolder(path), Number.POSITIVE_INFINITY);
  const ours = openNearestReader(nearestFolder(path));
  let recall = 0;
  for (const vector of asked) {
    const all = new Set(search(ours, vector));
    const wanted = search(exact, vector);
    recall += wanted.filter((key) => all.has(key)).length / wanted.length / asked.length;
  }
  report('scale.nearest.recall100', recall, 'recall');
  for (const [name, reader] of Object.entries({ nearest: ours, 'nearest.exact': exact })) {
    const times = await eachTimed(asked, async (vector) => search(reader, vector));
    reportTimes(report, name, times);
  }
  exact.close();
  ours.close();
}

async function eachTimed<Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>) {
  const times: number[] = [];
  for (const item of items) times.push(await timed(() => run(item)));
  return times;
}

/** Times of a bare table that takes seconds for a query are measured with the first queries only. */
async function timesOfBare(queries: readonly string[], bare: (text: string) => unknown): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + BARE_MS;
  for (const text of queries) {
    times.push(await timed(() => bare(text)));
    if (performance.now() > until) break;
  }
  return times;
}

/** Searches that FTS5 answers in other ways than by its rank. */
async function measureOthers(
  ours: SearchService,
  papers: readonly PaperRecord[],
  pairs: readonly string[],
  report: BenchContext['report'],
): Promise<void> {
  const authors = papers.slice(0, OTHERS).flatMap(({ authors: [author] = [] }) => author ?? []);
  const since = '2024-01-01';
  const kinds: Readonly<Record<string, readonly SearchQuery[]>> = {
    phrase: pairs.map((text) => ({ ...PAGE, text: `"${text}"` })),
    newest: pairs.map((text) => ({ ...PAGE, text, sort: 'newest' })),
    recent: pairs.map((text) => ({ ...PAGE, text, filter: { since } })),
    author: authors.map((author) => ({ ...PAGE, text: 'model', filter: { author } })),
  };
  for (const [kind, queries] of Object.entries(kinds)) {
    reportTimes(report, kind, await eachTimed(queries.slice(0, OTHERS), (query) => ours.search(query)));
  }
  const counts = pairs.slice(0, OTHERS);
  const counted = await eachTimed(counts, (text) => ours.count({ text, filter: { since } }, MOST_COUNTED));
  reportTimes(report, 'count', counted);
  const typed = pairs.slice(0, OTHERS).map((text) => text.slice(0, TYPED));
  reportTimes(report, 'suggest', await eachTimed(typed, (text) => ours.suggestPapers(text, 25)));
}

function reportTimes(report: BenchContext['report'], kind: string, times: number[], bare: number[] = []) {
  for (const [name, part] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const base = bare.length > 0 ? quantile(bare, part) : undefined;
    report(`scale.${kind}.${name}_ms`, quantile(times, part), 'ms', base);
  }
}

/** Imports a file in batches, of which only the store's part is timed. */
async function importAll(
  connection: DatabaseConnection,
  file: string,
  also: (papers: PaperRecord[]) => void,
) {
  const store = openPaperStore(connection);
  const papers: PaperRecord[] = [];
  let batch: PaperRecord[] = [];
  let imported = 0;
  let milliseconds = 0;
  const write = async () => {
    const records = batch;
    milliseconds += await timed(() =>
      store.importBatch(records, { source: 'arxiv', at: '2026-01-01T00:00:00Z' }),
    );
    also(records);
    imported += records.length;
    batch = [];
  };
  for await (const record of readPapers(file, PAPERS)) {
    if (papers.length < QUERIED) papers.push(record);
    if (batch.push(record) === BATCH) await write();
  }
  if (batch.length > 0) await write();
  return { imported, papers, seconds: milliseconds / 1_000 };
}

/** Time from storing a paper until it is found, if the index takes its next step at once. */
async function untilFound(
  connection: DatabaseConnection,
  path: string,
  reader: WordIndexReader,
): Promise<number> {
  const options = { folder: indexFolder(path), form: INDEX_FORM, cacheMegabytes: 1 };
  const changes = openWordChangeStore(connection);
  const writer = openWordIndexWriter({ ...options, changes, pause: async () => {} });
  await writer.sync();
  const record = { id: '2901.00001', title: 'A paper that was just stored', abstract: 'Unmistakable.' };
  await openPaperStore(connection).importBatch([record], { source: 'arxiv', at: '2026-01-02T00:00:00Z' });
  const before = reader.search((segments) => segments.papers) ?? 0;
  const time = await timed(async () => {
    await writer.sync();
    if (reader.search((segments) => segments.papers) !== before + 1)
      throw new Error('the new paper is not found');
  });
  await writer.close();
  return time;
}

/** Two words of each title that stand side by side. */
function pairsOf(papers: readonly PaperRecord[]): string[] {
  const step = Math.max(1, Math.floor(papers.length / OTHERS));
  return papers
    .filter((_, at) => at % step === 0)
    .flatMap(({ title }) => title.match(/[A-Za-z]{4,} [A-Za-z]{4,}/)?.[0] ?? []);
}

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
