/** Sorts the values of a row by the field that each belongs to. */
import { fieldNamed, type PaperField, plainName } from './field-names.ts';
import { unusedIn } from './known-shapes.ts';
import { hasNoValue, isObject, type JsonObject, textIn, unwrap } from './values.ts';

export interface FoundValue {
  /** As the file has it. */
  readonly key: string;
  readonly value: unknown;
}

export interface RowFields {
  /** The values of a field, the preferred name first; none is empty. */
  of(field: PaperField): readonly FoundValue[];
  /** Keys with a value that belong to no field. */
  readonly unread: readonly string[];
}

/**
 * Keys of objects that hold the fields themselves: DBLP (`info`), OpenReview (`content`), Zotero's API
 * (`data`), DOAJ (`bibjson`), Semantic Scholar's citations (`citingPaper`), and wrappers of databases.
 */
const WRAPPERS = new Set(
  ['info', 'content', 'data', 'bibjson', 'paper', 'citingPaper', 'citedPaper', 'item', 'work', 'article']
    .concat(['metadata', 'attributes', 'fields', '_source', 'document', 'message'])
    .map(plainName),
);

export function fieldsOf(row: JsonObject): RowFields {
  const entries = entriesOf(row);
  const unused = unusedIn(new Set(entries.map(([key]) => plainName(key))));
  const found = new Map<PaperField, Array<FoundValue & { readonly rank: number }>>();
  const unread: string[] = [];
  for (const [key, wrapped] of entries) {
    const value = unwrap(wrapped);
    if (hasNoValue(value) || unused?.has(plainName(key))) continue;
    const named = fieldNamed(key);
    if (!(named && TEXTS.has(named.field)) && isUnknown(value)) continue;
    if (!named) unread.push(key);
    else {
      const values = found.get(named.field) ?? [];
      found.set(named.field, values);
      values.push({ key, value, rank: named.rank });
    }
  }
  for (const values of found.values()) if (values.length > 1) values.sort((a, b) => a.rank - b.rank);
  return { of: (field) => found.get(field) ?? [], unread };
}

/** The keys of a row and of the object that wraps its fields; the inner ones come first. */
function entriesOf(row: JsonObject): ReadonlyArray<readonly [string, unknown]> {
  const outer = Object.entries(row);
  if (outer.some(([key, value]) => fieldNamed(key)?.field === 'title' && isTitle(value))) return outer;
  const wrapper = outer.find(([key, value]) => WRAPPERS.has(plainName(key)) && isObject(value));
  if (!wrapper || !isObject(wrapper[1])) return outer;
  return [...Object.entries(wrapper[1]), ...outer.filter((entry) => entry !== wrapper)];
}

function isTitle(value: unknown): boolean {
  const title = unwrap(value);
  return !isObject(title) && textIn(title) !== undefined;
}

/** Fields whose text is kept as it is, because our own export can have it. */
const TEXTS: ReadonlySet<PaperField> = new Set([
  'title',
  'abstract',
  'comment',
  'comments',
  'journalRef',
  'venue',
  'organization',
]);

/** In words, as spreadsheets and bioRxiv have it. */
function isUnknown(value: unknown): boolean {
  return (
    typeof value === 'string' && /^(?:n\/?a|nan|none|null|nil|unknown|n\.\s?d\.|[-–—?]+)$/i.test(value.trim())
  );
}
