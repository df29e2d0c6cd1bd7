/**
 * Formats papers as CSV (RFC 4180) for spreadsheets. The file begins with a byte order mark, without which
 * Excel reads UTF-8 as Windows-1252; other programs skip it.
 */
import { stringify } from 'csv-stringify/sync';
import { absUrl, isGeneratedId } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import type { ExportRecord } from './export-record.ts';

const COLUMNS: ReadonlyArray<
  readonly [name: string, of: (record: ExportRecord) => string | number | undefined]
> = [
  ['arxiv_id', ({ id }) => (id === undefined || isGeneratedId(id) ? '' : id)],
  ['title', ({ title }) => readable(title)],
  ['authors', ({ authors }) => listOf(authors)],
  ['published', ({ published }) => published?.slice(0, 10)],
  ['venue', ({ venue }) => venue && readable(venue)],
  ['doi', ({ doi }) => doi],
  ['url', ({ id, projectUrl }) => (id === undefined ? undefined : absUrl(id)) ?? projectUrl],
  ['code', ({ codeUrl }) => codeUrl],
  ['categories', ({ categories }) => listOf(categories)],
  ['keywords', ({ keywords }) => listOf(keywords)],
  ['tags', ({ tags }) => listOf(tags)],
  ['note', ({ note }) => note],
  ['abstract', ({ abstract }) => readable(abstract)],
];

const OPTIONS = {
  // Spreadsheets run a cell that begins with one of `=+-@` as a formula; an apostrophe before it prevents
  // that: https://owasp.org/www-community/attacks/CSV_Injection
  escape_formulas: true,
  record_delimiter: 'windows',
} as const;

/** The byte order mark and the names of the columns. */
export function csvHead(): string {
  return `\uFEFF${stringify([COLUMNS.map(([name]) => name)], OPTIONS)}`;
}

/** Rows without the names of the columns. */
export function toCsv(records: readonly ExportRecord[]): string {
  return stringify(
    records.map((record) => COLUMNS.map(([, of]) => of(record) ?? '')),
    OPTIONS,
  );
}

/** Names contain commas (“King, Jr.”), so a semicolon separates them. */
function listOf(texts: readonly string[] = []): string {
  return texts.join('; ');
}
