/** The full arXiv metadata from Kaggle (https://www.kaggle.com/datasets/Cornell-University/arxiv). */
import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import { type NameParts, toCredits } from '../../text/authors.ts';
import { cleanInstant, cleanText } from '../../text/clean.ts';
import { parseArxivId } from '../../text/ids.ts';
import { monthOfId } from '../fields/from-named-row.ts';
import { readAuthors } from '../fields/people.ts';
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

/** The first snapshots, from 2020, have versions without dates. */
const version = z.union(
  [
    z.string().transform((name) => ({ version: name, created: undefined })),
    z.object({ version: z.string(), created: z.string() }),
  ],
  is('a list of versions'),
);

const snapshotRow = z.object(
  {
    id: text,
    title: text,
    abstract: text,
    categories: categoryList,
    comments: maybeText,
    'journal-ref': maybeText,
    doi: maybeText,
    versions: z.array(version, is('a list of versions')).nullish(),
    /** Last name, first name, suffix, and sometimes affiliations. */
    authors_parsed: z.array(listOfText, is('a list of names')).nullish(),
    /** The same in one text, which some tools keep alone. */
    authors: maybeText,
  },
  is('a JSON object'),
);

type Version = z.output<typeof version>;

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(snapshotRow.shape),
  // Not used: `update_date` is not the date of a version.
  ...['submitter', 'report-no', 'license', 'update_date'],
]);

export const arxivSnapshot: RowFormat = {
  name: 'arxiv-snapshot',
  description: 'the arXiv metadata snapshot from Kaggle',
  source: 'arxiv',
  recognises: (row) => 'authors_parsed' in row && 'versions' in row,
  open: () => (row) => [fromSnapshotRow(row)],
};

function fromSnapshotRow(row: unknown): ParsedRecord {
  const parsed = snapshotRow.safeParse(row);
  if (!parsed.success) return { skipped: reasonOf(parsed.error) };
  const { title, abstract, categories, comments, doi, versions, authors, authors_parsed } = parsed.data;
  const parts = (authors_parsed ?? []).map(partsOf);
  const arxiv = parseArxivId(parsed.data.id);
  if (!arxiv) return { skipped: 'id is not an arXiv ID such as 2406.01574' };
  const journalRef = cleanText(parsed.data['journal-ref'] ?? '');
  const comment = cleanText(comments ?? '');
  // A few papers have one DOI per part; the first one is for the whole paper.
  const firstDoi = doi?.trim().split(/\s+/)[0] ?? '';
  return titledRow(row, KNOWN_KEYS, {
    id: arxiv.id,
    title,
    abstract,
    ...toCredits(parts.length > 0 ? parts : (readAuthors(authors ?? '') ?? [])),
    categories,
    ...datesOf(arxiv.id, versions ?? []),
    ...(comment !== '' && { comment }),
    ...(journalRef !== '' && { journalRef }),
    ...(firstDoi !== '' && { doi: firstDoi }),
  });
}

function partsOf([family = '', given = '', suffix = '']: readonly string[]): NameParts {
  return { family, given, suffix };
}

/** `created` is `Wed, 11 Mar 2026 17:22:30 GMT` (RFC 2822). Without it, the month comes from the id. */
function datesOf(id: string, versions: readonly Version[]) {
  const last = versions.at(-1);
  const number = Number(last?.version.slice(1));
  return compact({
    published: instantOf(versions[0]) ?? monthOfId(id),
    updated: instantOf(last),
    version: Number.isInteger(number) && number > 0 ? number : undefined,
  });
}

function instantOf(of: Version | undefined): string | undefined {
  return of?.created === undefined ? undefined : cleanInstant(of.created);
}
