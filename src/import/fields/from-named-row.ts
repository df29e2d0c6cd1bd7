/** Turns a row with named fields into a record: our own export, and what other tools and people write. */
import { compact } from '../../base/compact.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { type Credits, familyOf, toCredits, toNameParts } from '../../text/authors.ts';
import { readDate, readMonth } from './dates.ts';
import { fieldNamed, type PaperField, quoteKey } from './field-names.ts';
import { findReference, readDoi } from './identifiers.ts';
import { readAuthors } from './people.ts';
import { type ParsedRecord, readOwnFacts, titled } from './record-schema.ts';
import { fieldsOf, type RowFields } from './row-fields.ts';
import {
  isCategory,
  isObject,
  readAbstract,
  readCategories,
  readCount,
  readFact,
  readList,
  readUrl,
  textIn,
} from './values.ts';

/** True for a row that names a title, and authors, an abstract or an id that only papers have. */
export function isNamedRow(row: unknown): boolean {
  if (!isObject(row)) return false;
  const fields = fieldsOf(row);
  return (
    fields.of('title').length > 0 &&
    (fields.of('abstract').length > 0 ||
      fields.of('authors').length > 0 ||
      fields.of('doi').length > 0 ||
      findReference(fields).id !== undefined)
  );
}

export function fromNamedRow(row: unknown): ParsedRecord {
  if (!isObject(row)) return { skipped: 'the row is not a JSON object' };
  const fields = fieldsOf(row);
  const other = whyNoPaper(row, fields);
  if (other !== undefined) return { skipped: other };
  const reference = findReference(fields);
  if ('fault' in reference) return { skipped: reference.fault };
  const own = fields.of('own').length > 0 ? readOwnFacts(row) : { facts: {} };
  if ('fault' in own) return { skipped: own.fault };

  const { families, ...ownFacts } = own.facts;
  const leftOut: string[] = [];
  /** The first value of a field that can be read. When none can, the preferred one is reported. */
  function first<T>(field: PaperField, kind: string, read: (value: unknown) => T | undefined): T | undefined {
    const values = fields.of(field);
    for (const { value } of values) {
      const found = read(value);
      if (found !== undefined) return found;
    }
    if (values[0]) leftOut.push(`${quoteKey(values[0].key)} is not ${kind}`);
    return undefined;
  }
  const fact = (field: PaperField) => first(field, 'text', readFact);
  const url = (field: PaperField) => first(field, 'a web address', readUrl);
  const count = (field: PaperField) => first(field, 'a whole number', readCount);

  const topics = first('topics', 'a list of texts', readCategories) ?? [];
  const record: PaperRecord = {
    ...ownFacts,
    ...compact({
      id: reference.id,
      version: versionOf(fields) ?? reference.version,
      ...datesOf(first, reference.id),
      ...remarksOf(fields, leftOut),
      doi: readDoi(fields),
      journalRef: fact('journalRef'),
      venue: venueOf(fact('venue')),
      organization: fact('organization'),
      projectUrl: url('projectUrl') ?? reference.page,
      codeUrl: url('codeUrl') ?? reference.code,
      codeStars: count('codeStars'),
      thumbnailUrl: url('thumbnailUrl'),
      votes: count('votes'),
      citations: count('citations'),
    }),
    ...creditsOf(first, families),
    ...listsOf(first, topics),
    title: textIn(fields.of('title')[0]?.value) ?? '',
    abstract: first('abstract', 'text', readAbstract) ?? '',
  };
  const parsed = titled(record);
  return 'skipped' in parsed
    ? parsed
    : { ...parsed, read: { unread: unreadIn(fields, reference.unused), leftOut } };
}

type First = <T>(field: PaperField, kind: string, read: (value: unknown) => T | undefined) => T | undefined;

/** Facts of a record, `undefined` where the row has none. */
type Maybe<K extends keyof PaperRecord> = { readonly [Key in K]?: PaperRecord[Key] | undefined };

/** Zotero's notes and files, and the reviews on OpenReview, have titles too. */
function whyNoPaper(row: Readonly<Record<string, unknown>>, fields: RowFields): string | undefined {
  const data = isObject(row['data']) ? row['data'] : row;
  const type = data['itemType'];
  if (type === 'attachment' || type === 'note' || type === 'annotation') {
    return `is ${type === 'note' ? 'a' : 'an'} ${type} in Zotero, not a paper`;
  }
  const { forum, id } = row;
  if (typeof forum === 'string' && typeof id === 'string' && forum !== id) {
    return 'is a reply on OpenReview, not a paper';
  }
  const [title] = fields.of('title');
  if (!title) return 'title is missing';
  return typeof title.value === 'number' || textIn(title.value) === undefined
    ? 'title is not text'
    : undefined;
}

/** `3`, `v3`. Other tools number other things with text such as `publishedVersion`. */
function versionOf(fields: RowFields): number | undefined {
  const [found] = fields.of('version');
  const [, digits] = (found && /^v?(\d{1,3})$/i.exec((textIn(found.value) ?? '').trim())) ?? [];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

const DATE = 'a date such as 2024-05-31';

/**
 * A paper that only says when it was updated is dated by the month of its arXiv id, or else by that update.
 */
function datesOf(first: First, id: string | undefined): Maybe<'published' | 'updated'> {
  const year = first('year', DATE, readDate);
  const published =
    first('published', DATE, readDate) ??
    (year && (first('month', 'a month', (month) => readMonth(year, month)) ?? year));
  const updated = first('updated', DATE, readDate);
  return {
    published: published ?? (updated && (id === undefined ? updated : (monthOfId(id) ?? updated))),
    updated,
  };
}

/** `2007-04` for `0704.0005`, `1999-01` for `hep-th/9901001`; `undefined` for a generated id. */
export function monthOfId(id: string): string | undefined {
  const digits = id.slice(id.indexOf('/') + 1);
  if (!/^\d{4}/.test(digits)) return undefined;
  return `${Number(digits.slice(0, 2)) > 90 ? '19' : '20'}${digits.slice(0, 2)}-${digits.slice(2, 4)}`;
}

/** `comments` is a number on Hugging Face and the authors' remark on arXiv. */
function remarksOf(fields: RowFields, leftOut: string[]): Maybe<'comment' | 'comments'> {
  const facts: { comment?: string; comments?: number } = {};
  for (const { key, value } of [...fields.of('comment'), ...fields.of('comments')]) {
    const number = fieldNamed(key)?.field === 'comments' ? readCount(value) : undefined;
    const text = typeof value === 'string' ? readFact(value) : undefined;
    if (number !== undefined) facts.comments ??= number;
    else if (text !== undefined) facts.comment ??= text;
    else leftOut.push(`${quoteKey(key)} is not text or a whole number`);
  }
  return facts;
}

/** arXiv is not a publication venue; DBLP calls it CoRR. */
function venueOf(venue: string | undefined): string | undefined {
  return venue !== undefined && /^(?:arxiv\b|corr$)/i.test(venue) ? undefined : venue;
}

function creditsOf(first: First, families: Credits['families'] = {}): Credits {
  const names = first('authors', 'a list of names', readAuthors);
  if (!names) return {};
  return toCredits(
    names.map((name) => (typeof name === 'string' ? toNameParts(name, familyOf({ families }, name)) : name)),
  );
}

function listsOf(first: First, topics: readonly string[]): Pick<PaperRecord, 'categories' | 'keywords'> {
  const primary = first('primaryCategory', 'a category', readCategories) ?? [];
  const listed = first('categories', 'a list of categories', readCategories);
  const keywords = first('keywords', 'a list of texts', readList);
  const categories = [...primary, ...(listed ?? []), ...topics.filter(isCategory)];
  const words = [...(keywords ?? []), ...topics.filter((topic) => !isCategory(topic))];
  return {
    ...((listed || categories.length > 0) && { categories: [...new Set(categories)] }),
    ...((keywords || words.length > 0) && { keywords: [...new Set(words)] }),
  };
}

function unreadIn(fields: RowFields, unusedKeys: readonly string[]): readonly string[] {
  return unusedKeys.length > 0 ? [...fields.unread, ...unusedKeys] : fields.unread;
}
