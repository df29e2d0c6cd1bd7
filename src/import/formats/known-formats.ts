/** The list of import formats, and the errors for files and names that match none of them. */
import { UserError } from '../../base/errors.ts';
import { fromNamedRow, isNamedRow } from '../fields/from-named-row.ts';
import { arxivListing } from './arxiv-listing.ts';
import { arxivSnapshot } from './arxiv-snapshot.ts';
import { recordedLists, savedAnswer } from './daily-lists.ts';
import type { RowFormat } from './format.ts';
import { FORMAT_NAMES } from './format-names.ts';

/** Our own export, and whatever has a title and other fields with the usual names. */
export const namedFields: RowFormat = {
  name: 'export',
  description: 'papers as JSON with a title and other named fields, such as an export from Paperboy',
  source: 'export',
  recognises: isNamedRow,
  open: () => (row) => [fromNamedRow(row)],
};

/**
 * The first format that recognises a row reads the file. Named fields have the loosest check, so they are
 * last.
 */
const ROW_FORMATS: readonly RowFormat[] = [
  recordedLists,
  savedAnswer,
  arxivSnapshot,
  arxivListing,
  namedFields,
];

export function recogniseRow(row: unknown): RowFormat | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = Object.fromEntries(Object.entries(row));
  return ROW_FORMATS.find((format) => format.recognises(fields));
}

/** @throws UserError for a name that is not a format */
export function checkFormat(name: string): void {
  if (!FORMAT_NAMES.includes(name)) {
    throw new UserError(`${name} is not a format. Available: ${FORMAT_NAMES.join(', ')}.`);
  }
}

export function rowFormatNamed(name: string): RowFormat | undefined {
  return ROW_FORMATS.find((format) => format.name === name);
}

/** @param why a clause about the actual content: "it is a web page" */
export function unknownFormat(name: string, why: string): UserError {
  const known = [
    ...ROW_FORMATS.map(({ description }) => description),
    'BibTeX and RIS files of reference managers',
    'a papers page pasted as text',
  ];
  return new UserError(
    `${name} cannot be imported: ${why}. Supported: ${known.slice(0, -1).join('; ')}; or ${known.at(-1)}. Each can be gzipped.`,
  );
}
