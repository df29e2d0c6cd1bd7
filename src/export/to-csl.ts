/**
 * Converts papers to CSL-JSON, for all citation formats:
 * https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
 */

import { type CslName, OTHERS, toCslName } from '../text/author-name.ts';
import { familyOf } from '../text/authors.ts';
import { absUrl, isGeneratedId, titleKey } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import { searchText } from '../text/search-text.ts';
import { type ExportRecord, keywordsOf } from './export-record.ts';

export interface CslItem {
  readonly id: string;
  readonly 'citation-key': string;
  /** `article` is CSL's type for a preprint. */
  readonly type: 'article' | 'paper-conference';
  readonly title: string;
  readonly author?: readonly CslName[];
  readonly issued?: { readonly 'date-parts': readonly [readonly number[]] };
  readonly abstract?: string;
  readonly keyword?: string;
  readonly DOI?: string;
  readonly URL?: string;
  readonly publisher?: string;
  /** `arXiv:2406.01574` */
  readonly number?: string;
  readonly archive?: string;
  readonly archive_location?: string;
  readonly 'container-title'?: string;
  readonly note?: string;
  /** A person's own note. */
  readonly annote?: string;
}

export function toCsl(record: ExportRecord): CslItem {
  const arxivId = record.id !== undefined && !isGeneratedId(record.id) ? record.id : undefined;
  const doi = record.doi ?? (arxivId === undefined ? undefined : `10.48550/arXiv.${arxivId}`);
  const url = arxivId === undefined ? (record.projectUrl ?? record.codeUrl) : absUrl(arxivId);
  const author = namedAuthors(record).map((name) => toCslName(name, familyOf(record, name)));
  const keywords = keywordsOf(record);
  const key = citationKey(record, author[0]);
  return {
    id: key,
    'citation-key': key,
    type: record.venue === undefined ? 'article' : 'paper-conference',
    title: readable(record.title),
    ...(author.length > 0 && { author }),
    ...issuedOf(record),
    ...(record.abstract !== '' && { abstract: readable(record.abstract) }),
    ...(keywords.length > 0 && { keyword: keywords.join(',') }),
    ...(doi !== undefined && { DOI: doi }),
    ...(url !== undefined && { URL: url }),
    ...(arxivId !== undefined && {
      ...(record.venue === undefined && { publisher: 'arXiv' }),
      number: `arXiv:${arxivId}`,
      archive: 'arXiv',
      archive_location: arxivId,
    }),
    ...(record.venue !== undefined && { 'container-title': readable(record.venue) }),
    ...(record.journalRef !== undefined && { note: readable(record.journalRef) }),
    ...(record.note !== undefined && { annote: record.note }),
  };
}

/**
 * `shen2022-2211.11720`. The paper's id makes it unique, and the same in every export. Uses only ASCII
 * letters, digits, `.` and `-`, which every BibTeX accepts.
 */
function citationKey({ id, title, authors, published }: ExportRecord, first: CslName | undefined): string {
  const name = first?.family ?? first?.literal ?? authors?.[0] ?? title;
  const words = toAscii(name).match(/[a-z]+/g) ?? ['paper'];
  // The prefix of “Ó Dónaill” alone would not identify the author.
  const word = words.find(({ length }) => length > 2) ?? words[0];
  const own = id ?? `pb-${titleKey(title)}`;
  return `${word}${published?.slice(0, 4) ?? ''}-${own.replace('/', '-')}`;
}

function toAscii(text: string): string {
  return searchText(text)
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase();
}

/** CSL and RIS cannot express “and others”; `to-bibtex` adds it for BibTeX. */
function namedAuthors({ authors = [] }: ExportRecord): string[] {
  return authors.filter((name) => name !== OTHERS && /\p{L}/u.test(name));
}

/** Year, month and day if known. A paper at `CVPR 2023` is cited with that year, not the preprint's. */
function issuedOf({ venue, published }: ExportRecord): Pick<CslItem, 'issued'> {
  const year = venue?.match(/\b(?:19|20)\d\d\b/)?.[0];
  const date = year ?? published?.slice(0, 10);
  return date === undefined ? {} : { issued: { 'date-parts': [date.split('-').map(Number)] } };
}
