/**
 * Cuts `data/sample/` from recorded data: `node data/make-sample.ts FOLDER`. FOLDER contains
 * `seed/seed_papers.jsonl`, `hf_daily/daily_papers.jsonl.gz` and `arxiv/arxiv_meta.jsonl.gz`. The same input
 * gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { compact } from '../src/base/compact.ts';
import { fromNamedRow } from '../src/import/fields/from-named-row.ts';
import { parseArxivId } from '../src/text/ids.ts';

const DAYS = 30;

const seedPaper = z.object({
  title: z.string(),
  abstract: z.string(),
  arxiv_id: z.string().nullable(),
  authors: z.array(z.string()).nullable(),
  venue: z.string().nullable(),
  published: z.string().nullable(),
  published_month: z.string().nullable(),
});

/** The fields that the program reads: no accounts, pictures of people or generated summaries. */
const dailyRow = z.object({
  paper: z.object({
    id: z.string(),
    authors: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
    publishedAt: z.string(),
    submittedOnDailyAt: z.string(),
    title: z.string(),
    summary: z.string(),
    upvotes: z.number(),
    projectPage: z.string().exactOptional(),
    githubRepo: z.string().exactOptional(),
    githubStars: z.number().exactOptional(),
    ai_keywords: z.array(z.string()).exactOptional(),
    organization: z.object({ name: z.string(), fullname: z.string() }).exactOptional(),
  }),
  numComments: z.number(),
  thumbnail: z.string(),
});

const dailyList = z.object({ date: z.iso.date(), items: z.array(dailyRow) });

const arxivPaper = z.object({
  id: z.string(),
  title: z.string(),
  categories: z.array(z.string()),
  comment: z.string().nullable(),
});

/** Facts about a listed paper that arXiv has and its list lacks, in our own export format. */
function toCategorised(row: unknown): object {
  const { id, title, categories, comment } = arxivPaper.parse(row);
  return { id, title, abstract: '', categories, ...(comment !== null && { comment }) };
}

/** One seed paper in our own export format. */
function toExported(row: unknown): object {
  const { title, abstract, arxiv_id, authors, venue, published, published_month } = seedPaper.parse(row);
  const arxiv = arxiv_id === null ? undefined : parseArxivId(arxiv_id);
  const told = fromNamedRow(
    compact({
      id: arxiv?.id,
      title,
      abstract,
      authors,
      published: published ?? published_month,
      // "ICLR 2020 (Reject)" is not a venue: the paper did not appear there.
      venue: venue?.endsWith('(Reject)') ? undefined : venue,
    }),
  );
  if (!('record' in told)) throw new Error(`${title}: ${told.skipped}`);
  return told.record;
}

function toLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of the recorded data');
const sample = join(import.meta.dirname, 'sample');

const seed = readLines(readFileSync(join(folder, 'seed/seed_papers.jsonl'), 'utf8')).map(toExported);
writeFileSync(join(sample, 'seed-papers.jsonl'), toLines(seed));

const recorded = gunzipSync(readFileSync(join(folder, 'hf_daily/daily_papers.jsonl.gz'))).toString('utf8');
const lists = readLines(recorded)
  .slice(-DAYS)
  .map((list) => dailyList.parse(list));
writeFileSync(join(sample, 'daily-papers.jsonl.gz'), gzipSync(toLines(lists), { level: 9 }));

const listed = new Set(lists.flatMap(({ items }) => items.map(({ paper }) => paper.id)));
const arxiv = gunzipSync(readFileSync(join(folder, 'arxiv/arxiv_meta.jsonl.gz'))).toString('utf8');
const categorised = readLines(arxiv)
  .filter((row) => listed.has(arxivPaper.parse(row).id))
  .map(toCategorised);
writeFileSync(join(sample, 'arxiv-categories.jsonl.gz'), gzipSync(toLines(categorised), { level: 9 }));
