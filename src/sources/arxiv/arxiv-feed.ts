/** arXiv's two feeds, answers to a query and the daily announcements, as paper records. Pure: text in, records out. */

import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { labelOf } from '../../papers/source-names.ts';
import { toCredits } from '../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanList, cleanText, cleanTitle } from '../../text/clean.ts';
import { type ArxivId, parseArxivId } from '../../text/ids.ts';
import { SourceError } from '../http/source-error.ts';
import { parseFeed } from './feed-xml.ts';

const ARXIV = labelOf('arxiv');

export interface ArxivFeed {
  readonly records: readonly PaperRecord[];
  /** Entries that could not be used; `entry` counts from 1. */
  readonly skipped: ReadonlyArray<{ readonly entry: number; readonly reason: string }>;
  /** All results of a query, beyond this page; absent in a daily feed. */
  readonly total?: number;
}

/** An element with attributes is an object that holds its text. */
const text = z.union([
  z.string(),
  z.object({ '#text': z.string().default('') }).transform((node) => node['#text']),
]);

const entrySchema = z.object({
  id: text,
  title: text,
  summary: text.default(''),
  published: text.optional(),
  updated: text.optional(),
  author: z.array(z.object({ name: text })).default([]),
  /** Of a daily feed, in place of `author`. */
  creator: text.optional(),
  category: z.array(z.object({ '@term': z.string() })).default([]),
  primary_category: z.object({ '@term': z.string() }).optional(),
  announce_type: text.optional(),
  comment: text.optional(),
  journal_ref: text.optional(),
  doi: text.optional(),
});

type Entry = z.output<typeof entrySchema>;

/** A feed without entries and text is parsed to an empty string. */
const feedSchema = z.object({ entry: z.array(z.unknown()).default([]), totalResults: text.optional() });

/**
 * The answer of `/api/query`.
 * @throws SourceError for what is no feed, and for arXiv's way to say no: a feed of one entry that tells the error
 */
export function fromQueryFeed(xml: string): ArxivFeed {
  const { entries, total } = readFeed(xml);
  const complaint = entries.find((entry) => typeof entry !== 'string' && entry.id.includes('/api/errors#'));
  if (typeof complaint === 'object') {
    const why = cleanText(complaint.summary, 300).replace(/\.$/, '');
    throw new SourceError('refused', `${ARXIV} refused the question: ${why}.`);
  }
  return { ...toRecords(entries, toQueryRecord), ...(total !== undefined && { total }) };
}

/** The announcements of one day. Replacements of older papers are no news and are left out. */
export function fromDailyFeed(xml: string): ArxivFeed {
  const { entries } = readFeed(xml);
  return toRecords(entries, toDailyRecord);
}

function readFeed(xml: string) {
  const root = parseFeed(xml, ARXIV);
  const feed = feedSchema.safeParse(root === '' ? {} : root);
  if (!feed.success)
    throw new SourceError('broken-answer', `${ARXIV} answered with a feed of an unknown shape.`);
  const entries = feed.data.entry.map((candidate) => {
    const entry = entrySchema.safeParse(candidate);
    return entry.success
      ? entry.data
      : `${String(entry.error.issues[0]?.path[0] ?? 'the entry')} is missing or of the wrong kind`;
  });
  const total = Number(feed.data.totalResults ?? Number.NaN);
  return { entries, ...(Number.isSafeInteger(total) && { total }) };
}

function toRecords(
  entries: ReadonlyArray<Entry | string>,
  convert: (entry: Entry, reference: ArxivId) => PaperRecord | undefined,
): ArxivFeed {
  const records: PaperRecord[] = [];
  const skipped: Array<{ entry: number; reason: string }> = [];
  for (const [index, entry] of entries.entries()) {
    const skip = (reason: string) => skipped.push({ entry: index + 1, reason });
    if (typeof entry === 'string') {
      skip(entry);
      continue;
    }
    // `http://arxiv.org/abs/hep-th/9901001v1` or `oai:arXiv.org:2603.90001v1`.
    const reference = parseArxivId(entry.id.replace(/^.*\/abs\/|^oai:arXiv\.org:/i, ''));
    if (!reference) skip(`“${cleanText(entry.id, 80)}” is no arXiv id`);
    else if (cleanTitle(entry.title) === '') skip('the title is empty');
    else records.push(...[convert(entry, reference)].filter((record) => record !== undefined));
  }
  return { records, skipped };
}

function toQueryRecord(entry: Entry, reference: ArxivId): PaperRecord {
  return {
    ...toWords(entry, reference),
    abstract: cleanAbstract(entry.summary),
    ...toCredits(entry.author.map(({ name }) => name)),
    ...compact({
      published: instantOf(entry.published),
      updated: instantOf(entry.updated),
      comment: wordsOf(entry.comment),
      journalRef: wordsOf(entry.journal_ref),
      doi: wordsOf(entry.doi),
    }),
  };
}

/** The dates of a daily entry are the announcement's: right to the day for a new paper, and nothing for a cross-listed one. */
function toDailyRecord(entry: Entry, reference: ArxivId): PaperRecord | undefined {
  const type = entry.announce_type?.trim();
  if (type !== 'new' && type !== 'cross') return undefined;
  const announced = type === 'new' ? instantOf(entry.published)?.slice(0, 10) : undefined;
  return {
    ...toWords(entry, reference),
    abstract: cleanAbstract(entry.summary.replace(/^\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:/i, '')),
    ...toCredits(
      entry.author.length > 0 ? entry.author.map(({ name }) => name) : splitCreators(entry.creator ?? ''),
    ),
    ...compact({ published: announced }),
  };
}

function toWords(entry: Entry, { id, version }: ArxivId) {
  const primary = entry.primary_category ? [entry.primary_category] : [];
  return {
    id,
    title: cleanTitle(entry.title),
    categories: cleanList([...primary, ...entry.category].map((category) => category['@term'])).filter(
      isArxivCategory,
    ),
    ...(version !== undefined && { version }),
  };
}

/** `cs.LG`, `hep-th`, `cond-mat.str-el`; not the ACM and MSC classes that stand beside them (`I.2.6`, `68T05`). */
function isArxivCategory(term: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)?))?$/.test(term);
}

/** "Ada Example, Bo Sample (Example Org), Cy Test, Jr." names three people. */
function splitCreators(creators: string): string[] {
  const names = creators.replace(/\([^()]*\)/g, '').replace(/,\s*((?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)/g, ' $1');
  return names.split(',');
}

function instantOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : cleanInstant(date);
}

function wordsOf(words: string | undefined): string | undefined {
  return words === undefined ? undefined : cleanText(words) || undefined;
}
