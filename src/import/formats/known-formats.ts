/** The forms of row that an import reads, and the words for a file that is in none of them. */
import { UserError } from '../../base/errors.ts';
import { arxivListing } from './arxiv-listing.ts';
import { arxivSnapshot } from './arxiv-snapshot.ts';
import { recordedLists, savedAnswer } from './daily-lists.ts';
import type { RowFormat } from './format.ts';
import { fromExportedRow } from './record-schema.ts';

const ownExport: RowFormat = {
  name: 'export',
  description: 'our own export (JSON lines)',
  source: 'export',
  recognises: (row) => 'title' in row && 'abstract' in row,
  open: () => (row) => [fromExportedRow(row)],
};

/** The first that recognises a row reads the file: our own form asks for least, so it comes last. */
const ROW_FORMATS: readonly RowFormat[] = [
  recordedLists,
  savedAnswer,
  arxivSnapshot,
  arxivListing,
  ownExport,
];

/** A papers page is text and not rows: `papers-page.ts` reads it. */
export const PAPERS_PAGE = 'papers-page';

export const FORMAT_NAMES: readonly string[] = [...ROW_FORMATS.map(({ name }) => name), PAPERS_PAGE];

export function recogniseRow(row: unknown): RowFormat | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = Object.fromEntries(Object.entries(row));
  return ROW_FORMATS.find((format) => format.recognises(fields));
}

/** @throws UserError for a name that no form has */
export function checkFormat(name: string): void {
  if (!FORMAT_NAMES.includes(name)) {
    throw new UserError(`${name} is not a form. Forms are ${FORMAT_NAMES.join(', ')}.`);
  }
}

export function rowFormatNamed(name: string): RowFormat | undefined {
  return ROW_FORMATS.find((format) => format.name === name);
}

/** @param why what was seen instead: "it is a web page" */
export function unknownFormat(name: string, why: string): UserError {
  const known = [...ROW_FORMATS.map(({ description }) => description), 'a papers page pasted as text'];
  return new UserError(
    `${name} cannot be imported: ${why}. It can be ${known.slice(0, -1).join(', ')}, or ${known.at(-1)}, each also gzipped.`,
  );
}
