/** Converts the feed of a query's results to paper records. Pure. */

import { z } from 'zod';
import { compact } from '../../../base/compact.ts';
import type { PaperRecord } from '../../../papers/paper.ts';
import { labelOf } from '../../../papers/source-names.ts';
import { toCredits } from '../../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanList, cleanText, cleanTitle } from '../../../text/clean.ts';
import { type ArxivId, parseArxivId } from '../../../text/ids.ts';
import { SourceError } from '../../http/source-error.ts';
import { parseXml } from './feed-xml.ts';

const ARXIV = labelOf('arxiv');

export interface ArxivFeed {
  readonly records: readonly PaperRecord[];
  /** Entries that could not be used; `entry` counts from 1. */
  readonly skipped: ReadonlyArray<{ readonly entry: number; readonly reason: string }>;
  /** Total results of the query, over all pages. */
  readonly total?: number;
}

/** An element with attributes is parsed to an object that holds its text. */
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
  /** Daily feeds have it in place of `author`. */
  creator: text.optional(),
  category: z.array(z.object({ '@term': z.string() })).default([]),
  primary_category: z.object({ '@term': z.string() }).optional(),
  announce_type: text.optional(),
  comment: text.optional(),
  journal_ref: text.optional(),
  doi: text.optional(),
  /** Daily feeds have them in place of `doi` and `journal_ref`. */
  DOI: text.optional(),
  journal_reference: text.optional(),
});

/** The values of an entry that are used. */
export type FeedEntry = z.output<typeof entrySchema>;

/** A feed without entries and text is parsed to an empty string. */
const feedSchema = z.object({ entry: z.array(z.unknown()).default([]), totalResults: text.optional() });

/**
 * Parses a response of `/api/query`.
 * @throws SourceError when it is not a feed, or is arXiv's error format: a feed with one entry that has the
 * message
 */
export function fromQueryFeed(xml: string): ArxivFeed {
  const { entries, total } = readFeed(xml);
  const complaint = entries.find((entry) => typeof entry !== 'string' && entry.id.includes('/api/errors#'));
  if (typeof complaint === 'object') {
    const why = cleanText(complaint.summary, 300).replace(/\.$/, '');
    throw new SourceError('refused', `${ARXIV} rejected the query: ${why}.`);
  }
  return { ...toRecords(entries, toQueryRecord), ...(total !== undefined && { total }) };
}

function readFeed(xml: string) {
  const { feed: root } = parseXml(xml, ARXIV, 'feed');
  if (root === undefined) throw new SourceError('broken-answer', `${ARXIV} returned XML that is not a feed.`);
  const feed = feedSchema.safeParse(root === '' ? {} : root);
  if (!feed.success) throw new SourceError('broken-answer', `${ARXIV} returned a feed in an unknown format.`);
  const total = Number(feed.data.totalResults ?? Number.NaN);
  return { entries: readFeedEntries(feed.data.entry), ...(Number.isSafeInteger(total) && { total }) };
}

/** Returns each entry, or why it is unusable. */
export function readFeedEntries(candidates: readonly unknown[]): Array<FeedEntry | string> {
  return candidates.map((candidate) => {
    const entry = entrySchema.safeParse(candidate);
    return entry.success
      ? entry.data
      : `${String(entry.error.issues[0]?.path[0] ?? 'the entry')} is missing or has the wrong type`;
  });
}

export function toRecords(
  entries: ReadonlyArray<FeedEntry | string>,
  convert: (entry: FeedEntry, reference: ArxivId) => PaperRecord | undefined,
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
    if (!reference) skip(`“${cleanText(entry.id, 80)}” is not an arXiv ID`);
    else if (cleanTitle(entry.title) === '') skip('the title is empty');
    else records.push(...[convert(entry, reference)].filter((record) => record !== undefined));
  }
  return { records, skipped };
}

function toQueryRecord(entry: FeedEntry, reference: ArxivId): PaperRecord {
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

export function toWords(entry: FeedEntry, { id, version }: ArxivId) {
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

/**
 * True for `cs.LG`, `hep-th`, `cond-mat.str-el`; false for the ACM and MSC classes in the same field
 * (`I.2.6`, `68T05`).
 */
export function isArxivCategory(term: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)?))?$/.test(term);
}

function instantOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : cleanInstant(date);
}

function wordsOf(words: string | undefined): string | undefined {
  return words === undefined ? undefined : cleanText(words) || undefined;
}
