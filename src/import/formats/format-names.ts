/** The names of the import formats. The formats themselves load libraries that a start does not need. */

/** Formats that read rows, one after the other. */
const ROW_FORMAT_NAMES = [
  'daily-lists',
  'saved-answer',
  'arxiv-snapshot',
  'arxiv-listing',
  'export',
] as const;

export type RowFormatName = (typeof ROW_FORMAT_NAMES)[number];

/** Read by `papers-page.ts`, because it is text without rows. */
export const PAPERS_PAGE = 'papers-page';

/** Files of reference managers, which are text with entries. */
export const BIBTEX = 'bibtex';
export const RIS = 'ris';

export const FORMAT_NAMES: readonly string[] = [...ROW_FORMAT_NAMES, BIBTEX, RIS, PAPERS_PAGE];
