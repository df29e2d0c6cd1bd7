/** arXiv's whole metadata as Cornell publishes it on Kaggle (https://www.kaggle.com/datasets/Cornell-University/arxiv). */
import { z } from 'zod';
import { type NameParts, toCredits } from '../../text/authors.ts';
import { cleanInstant, cleanList, cleanText } from '../../text/clean.ts';
import { parseArxivId } from '../../text/ids.ts';
import type { RowFormat } from './format.ts';
import { listOfText, type ParsedRecord, reasonOf, text, titled } from './record-schema.ts';

const snapshotRow = z.object({
  id: text,
  title: text,
  abstract: text,
  categories: z.string().nullish(),
  comments: z.string().nullish(),
  'journal-ref': z.string().nullish(),
  doi: z.string().nullish(),
  versions: z.array(z.object({ version: z.string(), created: z.string() })).nullish(),
  /** Last name, first name, suffix, and sometimes affiliations. */
  authors_parsed: z.array(listOfText).nullish(),
});

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
  const { title, abstract, categories, comments, doi, versions, authors_parsed } = parsed.data;
  const arxiv = parseArxivId(parsed.data.id);
  if (!arxiv) return { skipped: 'id is not an arXiv id such as 2406.01574' };
  const journalRef = cleanText(parsed.data['journal-ref'] ?? '');
  const comment = cleanText(comments ?? '');
  // A few papers carry one for each of their parts; the first is the paper's.
  const firstDoi = doi?.trim().split(/\s+/)[0] ?? '';
  return titled({
    id: arxiv.id,
    title,
    abstract,
    ...toCredits((authors_parsed ?? []).map(partsOf)),
    categories: cleanList((categories ?? '').split(/\s+/)),
    ...datesOf(versions ?? []),
    ...(comment !== '' && { comment }),
    ...(journalRef !== '' && { journalRef }),
    ...(firstDoi !== '' && { doi: firstDoi }),
  });
}

function partsOf([family = '', given = '', suffix = '']: readonly string[]): NameParts {
  return { family, given, suffix };
}

/** `created` is `Wed, 11 Mar 2026 17:22:30 GMT` (RFC 2822). */
function datesOf(versions: ReadonlyArray<{ readonly version: string; readonly created: string }>) {
  const first = versions[0];
  const last = versions.at(-1);
  const published = first && cleanInstant(first.created);
  const updated = last && cleanInstant(last.created);
  const version = Number(last?.version.slice(1));
  return {
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(Number.isInteger(version) && version > 0 && { version }),
  };
}
