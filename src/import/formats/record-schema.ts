/** Validates our own export format, one `PaperRecord` per line. Users can edit these files. */
import { z } from 'zod';
import type { PaperRecord } from '../../papers/paper.ts';
import { familyOf, toCredits, toNameParts } from '../../text/authors.ts';
import { cleanAbstract, cleanList, cleanText, cleanTitle, cleanUrl } from '../../text/clean.ts';
import { isGeneratedId, parseArxivId } from '../../text/ids.ts';

/** A record, or a short reason for skipping it ("title is missing"). */
export type ParsedRecord = { readonly record: PaperRecord } | { readonly skipped: string };

/** An instant, a day or a month, as in {@link PaperRecord.published}. */
const DATE = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)?$/;

/** The error for a value of the wrong type, in place of zod's own message. */
export const is = (kind: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? 'is missing' : `is not ${kind}`),
});

export const text = z.string(is('text'));
/** The largest collaborations have about 5,000 authors. */
const LONGEST_LIST = 10_000;
export const listOfText = z
  .array(z.string(is('a list of texts')), is('a list of texts'))
  .max(LONGEST_LIST, 'has too many entries');
/** An optional field; other tools omit it or set it to null. */
export const maybeText = z.string(is('text')).nullish();
/** A string separated by spaces, or a list. Older files put the whole string into a list with one entry. */
export const categoryList = z
  .union([z.string(), listOfText], is('a list of categories'))
  .nullish()
  .transform((written) => cleanList([written ?? ''].flat().flatMap((each) => each.split(/\s+/))));
const day = z.iso.date(is('a day such as 2026-05-29'));
const instant = z.iso.datetime(is('a time such as 2026-05-29T12:00:00Z'));
const date = z
  .string(is('a date'))
  .refine((written) => DATE.test(written) && !Number.isNaN(Date.parse(written)), is('a date'));
const count = z.int(is('a whole number')).nonnegative(is('a whole number'));
const fact = text.transform((written) => cleanText(written));
const list = listOfText.transform((written) => cleanList(written));
const webAddress = text
  .refine((written) => cleanUrl(written) !== undefined, is('a web address'))
  .transform((written) => cleanUrl(written) ?? written);
const paperId = text.refine(
  (id) => isGeneratedId(id) || parseArxivId(id) !== undefined,
  is('an arXiv ID such as 2406.01574'),
);

const appearance = z.object({ day, rank: count, votes: count, comments: count }, is('a list of appearances'));
const snapshot = z.object(
  { at: instant, votes: count, comments: count, stars: count.exactOptional() },
  is('a list of counts'),
);

const exportedRecord = z.object(
  {
    id: paperId.exactOptional(),
    title: text,
    abstract: text,
    authors: listOfText.exactOptional(),
    categories: list.exactOptional(),
    keywords: list.exactOptional(),
    version: z.int(is('a whole number')).positive(is('a whole number')).exactOptional(),
    published: date.exactOptional(),
    updated: date.exactOptional(),
    comment: fact.exactOptional(),
    journalRef: fact.exactOptional(),
    doi: fact.exactOptional(),
    venue: fact.exactOptional(),
    organization: fact.exactOptional(),
    projectUrl: webAddress.exactOptional(),
    codeUrl: webAddress.exactOptional(),
    codeStars: count.exactOptional(),
    thumbnailUrl: webAddress.exactOptional(),
    onHuggingFace: z.boolean(is('true or false')).exactOptional(),
    withdrawn: z.boolean(is('true or false')).exactOptional(),
    withdrawnAt: date.exactOptional(),
    votes: count.exactOptional(),
    comments: count.exactOptional(),
    citations: count.exactOptional(),
    families: z.record(z.string(), text, is('a table of family names')).exactOptional(),
    appearances: z.array(appearance, is('a list of appearances')).exactOptional(),
    snapshots: z.array(snapshot, is('a list of counts')).exactOptional(),
  },
  is('a JSON object'),
);

/** Drops unknown keys. Splits an id with a version (`2406.01574v2`) into id and version. */
export function fromExportedRow(row: unknown): ParsedRecord {
  const parsed = exportedRecord.safeParse(row);
  if (!parsed.success) return { skipped: reasonOf(parsed.error) };
  const { id, authors, families = {}, ...facts } = parsed.data;
  const arxiv = id === undefined ? undefined : parseArxivId(id);
  return titled({
    ...(arxiv?.version !== undefined && { version: arxiv.version }),
    ...facts,
    ...(authors && toCredits(authors.map((name) => toNameParts(name, familyOf({ families }, name))))),
    ...(id !== undefined && { id: arxiv?.id ?? id }),
  });
}

/** Cleans the title and abstract for display. Skips a record without a title. */
export function titled(record: PaperRecord): ParsedRecord {
  const title = cleanTitle(record.title);
  if (title === '') return { skipped: 'title is empty' };
  return { record: { ...record, title, abstract: cleanAbstract(record.abstract) } };
}

/**
 * Describes the first problem. Rows with the same problem get the same text, so that reasons can be counted.
 */
export function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'is not a paper';
  const field = issue.path.filter((key) => typeof key === 'string').join('.');
  return field === '' ? `the row ${issue.message}` : `${field} ${issue.message}`;
}
