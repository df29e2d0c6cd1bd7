/**
 * Speed of an import, against the same rows in plain better-sqlite3 (one table, one explicit FTS5 insert,
 * transactions of 1,000); and its memory, with a file that is larger than any batch.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStores } from '../src/app/stores.ts';
import { importFile } from '../src/import/import-papers.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { systemClock } from '../src/time/clock.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { CLI, hasPeakMemory, peakMemory } from './support/process.ts';
import { median } from './support/statistics.ts';

const ROWS = 40_000;
const ROUNDS = 3;
const STREAMED_ROWS = 120_000;

export const importBenchmark: Benchmark = {
  prefix: 'import',
  async run(context) {
    const papers = await readArxivPapers(context.data, ROWS);
    if (!papers) return context.skip('import.rows_per_s', 'no arxiv/arxiv_meta.jsonl.gz');
    const file = join(context.scratch, 'snapshot.jsonl');
    await writeKaggle(file, papers, papers.length);
    // In pairs, because the machine's speed drifts.
    const ours: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(rawRate(join(context.scratch, `raw-${round}.db`), papers));
      ours.push(await importRate(context, `ours-${round}`, file));
    }
    context.report('import.rows_per_s', median(ours), 'rows/s', median(raw));

    if (!hasPeakMemory) return context.skip('import.kaggle_rss_growth_mb', 'this system has no /proc');
    const one = join(context.scratch, 'one.jsonl');
    const large = join(context.scratch, 'large.jsonl');
    await writeKaggle(one, papers, 1);
    await writeKaggle(large, papers, STREAMED_ROWS);
    const [least, most] = [await importPeak(context, one), await importPeak(context, large)];
    context.report('import.kaggle_rss_growth_mb', most - least, 'MB');
  },
};

/** Peak memory, in megabytes, of the program as a process while it imports a file. */
async function importPeak({ scratch }: BenchContext, path: string): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'import', path], {
    env: { ...process.env, DATA_DIR: `${path}-data`, SOURCES: 'none' },
    cwd: scratch,
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  let peak = 0;
  const sampler = setInterval(() => {
    peak = peakMemory(child.pid) ?? peak;
  }, 50);
  await exited;
  clearInterval(sampler);
  return peak;
}

function rawRate(path: string, papers: readonly PaperRecord[]): number {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE papers (pk INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, abstract TEXT, authors TEXT, categories TEXT, published TEXT);
    CREATE VIRTUAL TABLE papers_fts USING fts5 (title, abstract, authors, tokenize = 'porter unicode61', content = '', contentless_delete = 1)`);
  const row = db.prepare(
    'INSERT INTO papers (id, title, abstract, authors, categories, published) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const words = db.prepare('INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)');
  const write = db.transaction((batch: readonly PaperRecord[]) => {
    for (const { id, title, abstract, authors = [], categories, published } of batch) {
      const { lastInsertRowid } = row.run(
        id,
        title,
        abstract,
        JSON.stringify(authors),
        JSON.stringify(categories),
        published,
      );
      words.run(lastInsertRowid, title, abstract, authors.join('\n'));
    }
  });
  const started = performance.now();
  for (let from = 0; from < papers.length; from += 1_000) write(papers.slice(from, from + 1_000));
  const rate = papers.length / ((performance.now() - started) / 1_000);
  db.close();
  return rate;
}

/** Rows a second for the whole import: file, lines, validation, the store thread. */
async function importRate({ scratch }: BenchContext, name: string, path: string): Promise<number> {
  const { stores, close } = await openStores({ path: join(scratch, name, 'paperboy.db') }, (error) => {
    throw error;
  });
  const started = performance.now();
  const { taken } = await importFile({
    path,
    papers: stores.papers,
    progress: stores.imports,
    clock: systemClock,
  });
  const seconds = (performance.now() - started) / 1_000;
  await close();
  return taken / seconds;
}

/**
 * Writes the papers in the format of the Kaggle/Cornell snapshot, repeated under new IDs until there are
 * `rows`.
 */
async function writeKaggle(path: string, papers: readonly PaperRecord[], rows: number): Promise<void> {
  const out = createWriteStream(path);
  for (let n = 0; n < rows; n++) {
    const {
      title,
      abstract,
      authors = [],
      categories = [],
      comment = null,
    } = papers[n % papers.length] ?? { title: '', abstract: '' };
    const id = `${String(10 + Math.floor(n / 90_000)).padStart(2, '0')}01.${String(n % 90_000).padStart(5, '0')}`;
    const line = JSON.stringify({
      id: id.replace(/^1(\d)/, '2$1'),
      submitter: null,
      authors: authors.join(', '),
      title: n < papers.length ? title : `${title} (${n})`,
      comments: comment,
      'journal-ref': null,
      doi: null,
      'report-no': null,
      categories: categories.join(' '),
      license: null,
      abstract: `  ${abstract}\n`,
      versions: [{ version: 'v1', created: 'Wed, 11 Mar 2026 17:22:30 GMT' }],
      update_date: '2026-03-13',
      authors_parsed: authors.map((author) => [
        author.split(' ').at(-1) ?? '',
        author.split(' ').slice(0, -1).join(' '),
        '',
      ]),
    });
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
