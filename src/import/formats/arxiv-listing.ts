/**
 * arXiv metadata collected from its daily listings: one paper per line, with the day of its first listing.
 */
import { z } from 'zod';
import { toCredits } from '../../text/authors.ts';
import { cleanText } from '../../text/clean.ts';
import { parseArxivId } from '../../text/ids.ts';
import {
  categoryList,
  is,
  listOfText,
  maybeText,
  type ParsedRecord,
  reasonOf,
  text,
  titledRow,
} from '../fields/record-schema.ts';
import type { RowFormat } from './format.ts';

const listingRow = z.object(
  {
    id: text,
    title: text,
    abstract: text,
    authors: listOfText,
    categories: categoryList,
    comment: maybeText,
    /** One or two days after submission; listings have no exact submission date. */
    first_listed: z.iso.date().nullish().catch(undefined),
  },
  is('a JSON object'),
);

const KNOWN_KEYS: ReadonlySet<string> = new Set(Object.keys(listingRow.shape));

export const arxivListing: RowFormat = {
  name: 'arxiv-listing',
  description: 'arXiv listings with a first_listed date',
  source: 'arxiv',
  recognises: (row) => 'first_listed' in row,
  open: () => (row) => [fromListingRow(row)],
};

function fromListingRow(row: unknown): ParsedRecord {
  const parsed = listingRow.safeParse(row);
  if (!parsed.success) return { skipped: reasonOf(parsed.error) };
  const { title, abstract, authors, categories, first_listed } = parsed.data;
  const arxiv = parseArxivId(parsed.data.id);
  if (!arxiv) return { skipped: 'id is not an arXiv ID such as 2406.01574' };
  const comment = cleanText(parsed.data.comment ?? '');
  return titledRow(row, KNOWN_KEYS, {
    ...arxiv,
    title,
    abstract,
    ...toCredits(authors),
    categories,
    ...(first_listed && { published: first_listed }),
    ...(comment !== '' && { comment }),
  });
}
