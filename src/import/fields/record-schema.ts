/** Validates rows with zod: what formats share, and the facts that only our own export has. */
import { z } from 'zod';
import type { PaperRecord } from '../../papers/paper.ts';
import { cleanAbstract, cleanList, cleanTitle } from '../../text/clean.ts';
import { readDate } from './dates.ts';
import { hasNoValue, LONGEST_LIST } from './values.ts';

/** A record, or a short reason for skipping it ("title is missing"). */
export type ParsedRecord =
  | { readonly record: PaperRecord; readonly read?: RowReading }
  | { readonly skipped: string };

/** How much of a row was understood, for formats that are read by the names of their fields. */
export interface RowReading {
  /** Keys with a value that no field has as its name. */
  readonly unread: readonly string[];
  /** Values that could not be read: "`date` is not a date such as 2024-05-31". */
  readonly leftOut: readonly string[];
  /** True for formats that have one name for each field, so that there is nothing to rename in the file. */
  readonly hasFixedNames?: boolean;
}

/** The error for a value of the wrong type, in place of zod's own message. */
export const is = (kind: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? 'is missing' : `is not ${kind}`),
});

export const text = z.string(is('text'));
export const listOfText = z
  .array(z.string(is('a list of texts')), is('a list of texts'))
  .max(LONGEST_LIST, 'has too many entries');
/** An optional field; other tools omit it or set it to null. */
export const maybeText = z.string(is('text')).nullish();
/**
 * A string separated by spaces or commas, or a list. Older files put the whole string into a list with one
 * entry.
 */
export const categoryList = z
  .union([z.string(), listOfText], is('a list of categories'))
  .nullish()
  .transform((written) => cleanList([written ?? ''].flat().flatMap((each) => each.split(/[\s,;]+/))));
const day = z.iso.date(is('a day such as 2026-05-29'));
const instant = z.iso.datetime(is('a time such as 2026-05-29T12:00:00Z'));
const count = z.int(is('a whole number')).nonnegative(is('a whole number'));

const appearance = z.object({ day, rank: count, votes: count, comments: count }, is('a list of appearances'));
const snapshot = z.object(
  { at: instant, votes: count, comments: count, stars: count.exactOptional() },
  is('a list of counts'),
);

const ownFacts = z.object({
  onHuggingFace: z.boolean(is('true or false')).exactOptional(),
  withdrawn: z.boolean(is('true or false')).exactOptional(),
  withdrawnAt: z
    .string(is('a date'))
    .refine((written) => readDate(written) !== undefined, is('a date'))
    .exactOptional(),
  families: z.record(z.string(), text, is('a table of family names')).exactOptional(),
  appearances: z.array(appearance, is('a list of appearances')).exactOptional(),
  snapshots: z.array(snapshot, is('a list of counts')).exactOptional(),
});

/** Reads the facts that only our own export has. `families` still has to be matched with the authors. */
export function readOwnFacts(
  row: unknown,
): { readonly facts: z.output<typeof ownFacts> } | { readonly fault: string } {
  const parsed = ownFacts.safeParse(row);
  return parsed.success ? { facts: parsed.data } : { fault: reasonOf(parsed.error) };
}

/** Cleans the title and abstract for display. Skips a record without a title. */
export function titled(record: PaperRecord): ParsedRecord {
  const title = cleanTitle(record.title);
  if (title === '') return { skipped: 'title is empty' };
  return { record: { ...record, title, abstract: cleanAbstract(record.abstract) } };
}

/** {@link titled}, with the keys of the row that have a value and are not among `known`. */
export function titledRow(row: unknown, known: ReadonlySet<string>, record: PaperRecord): ParsedRecord {
  const parsed = titled(record);
  if ('skipped' in parsed) return parsed;
  const unread = Object.entries(Object(row)).flatMap(([key, value]) =>
    known.has(key) || hasNoValue(value) ? [] : [key],
  );
  return { ...parsed, read: { unread, leftOut: [] } };
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
