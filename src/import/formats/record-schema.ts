/** Our own export form, one `PaperRecord` a line, checked before it is believed: anybody can edit such a file. */
import { z } from 'zod';
import type { PaperRecord } from '../../papers/paper.ts';
import { familyOf, toCredits, toNameParts } from '../../text/authors.ts';
import { cleanAbstract, cleanList, cleanText, cleanTitle, cleanUrl } from '../../text/clean.ts';
import { isGeneratedId, parseArxivId } from '../../text/ids.ts';

/** A record, or in a few words why there is none ("title is missing"). */
export type ParsedRecord = { readonly record: PaperRecord } | { readonly skipped: string };

/** An instant, a day or a month: what {@link PaperRecord.published} can be. */
const DATE = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)?$/;

/** What is said of a value of another kind. Without it a reason is in the words of the library. */
export const is = (kind: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? 'is missing' : `is not ${kind}`),
});

export const text = z.string(is('text'));
/** The largest collaborations sign with some 5,000 names. */
const LONGEST_LIST = 10_000;
export const listOfText = z
  .array(z.string(is('a list of texts')), is('a list of texts'))
  .max(LONGEST_LIST, 'is too long a list');
/** A fact that others leave out or set to null. */
export const maybeText = z.string(is('text')).nullish();
/** In one text with blanks between, or as a list, of which older files put all into one text. */
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
  is('an arXiv id such as 2406.01574'),
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

/** Keys that are not ours are let go; an id with a version (`2406.01574v2`) becomes id and version. */
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

/** A record with its title and abstract cleaned for display; without a title there is no paper. */
export function titled(record: PaperRecord): ParsedRecord {
  const title = cleanTitle(record.title);
  if (title === '') return { skipped: 'title is empty' };
  return { record: { ...record, title, abstract: cleanAbstract(record.abstract) } };
}

/** The first thing that is wrong, in words that repeat from row to row so that they can be counted. */
export function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'is no paper';
  const field = issue.path.filter((key) => typeof key === 'string').join('.');
  return field === '' ? `the row ${issue.message}` : `${field} ${issue.message}`;
}
