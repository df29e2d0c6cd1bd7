/** The list of import formats, and the errors for files and names that match none of them. */
import { UserError } from '../../base/errors.ts';
import { arxivListing } from './arxiv-listing.ts';
import { arxivSnapshot } from './arxiv-snapshot.ts';
import { recordedLists, savedAnswer } from './daily-lists.ts';
import type { RowFormat } from './format.ts';
import { fromExportedRow } from './record-schema.ts';

const ownExport: RowFormat = {
  name: 'export',
  description: 'an export from Paperboy (JSON lines)',
  source: 'export',
  recognises: (row) => 'title' in row && 'abstract' in row,
  open: () => (row) => [fromExportedRow(row)],
};

/**
 * The first format that recognises a row reads the file. Our own export has the loosest check, so it is last.
 */
const ROW_FORMATS: readonly RowFormat[] = [
  recordedLists,
  savedAnswer,
  arxivSnapshot,
  arxivListing,
  ownExport,
];

/** Read by `papers-page.ts`, because it is text without rows. */
export const PAPERS_PAGE = 'papers-page';

export const FORMAT_NAMES: readonly string[] = [...ROW_FORMATS.map(({ name }) => name), PAPERS_PAGE];

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
  const known = [...ROW_FORMATS.map(({ description }) => description), 'a papers page pasted as text'];
  return new UserError(
    `${name} cannot be imported: ${why}. Supported: ${known.slice(0, -1).join('; ')}; or ${known.at(-1)}. Each can be gzipped.`,
  );
}
