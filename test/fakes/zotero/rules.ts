/**
 * The checks of the objects that are written to Zotero. Facts of the schema: https://api.zotero.org/schema,
 * version 41. Limits and messages: https://github.com/zotero/dataserver.
 */
import { readFileSync } from 'node:fs';
import { type CollectionData, type ItemData, Refusal, type Tag } from './model.ts';

interface TypeFacts {
  readonly fields: readonly string[];
  readonly creators: readonly string[];
}

const TYPES: ReadonlyMap<string, TypeFacts> = new Map(
  Object.entries(
    JSON.parse(readFileSync(new URL('./item-types.json', import.meta.url), 'utf8')) as Record<
      string,
      TypeFacts
    >,
  ),
);

export const MOST_OBJECTS = 50;
const LONGEST_TAG = 255;
const LONGEST_NAME = 255;
const LONGEST_FIELD = 65_535;

/** Fields that every item may have. */
const COMMON: ReadonlySet<string> = new Set([
  'key',
  'version',
  'itemType',
  'tags',
  'collections',
  'relations',
  'creators',
  'deleted',
  'dateAdded',
  'dateModified',
  'parentItem',
  'inPublications',
]);
const OF_NOTES: ReadonlySet<string> = new Set(['note', 'parentItem']);
const OF_ATTACHMENTS: ReadonlySet<string> = new Set([
  'linkMode',
  'title',
  'accessDate',
  'url',
  'note',
  'contentType',
  'charset',
  'filename',
  'md5',
  'mtime',
  'path',
  'parentItem',
]);

export const KEY = /^[23456789ABCDEFGHIJKLMNPQRSTUVWXYZ]{8}$/;

export function fieldsOf(itemType: string): readonly string[] {
  return TYPES.get(itemType)?.fields ?? [];
}

/** @throws Refusal 400 or 413, as the server answers for that object */
export function checkItem(item: Readonly<Record<string, unknown>>, stored: ItemData | undefined): void {
  const itemType = item['itemType'] ?? stored?.itemType;
  if (itemType === undefined) throw new Refusal(400, "'itemType' property not provided");
  const type = typeof itemType === 'string' ? TYPES.get(itemType) : undefined;
  if (type === undefined) throw new Refusal(400, `'${String(itemType)}' is not a valid itemType`);
  for (const [field, value] of Object.entries(item)) {
    if (!isFieldOf(String(itemType), type, field)) throw new Refusal(400, `Invalid property '${field}'`);
    if (typeof value === 'string' && value.length > LONGEST_FIELD)
      throw new Refusal(413, `${field} field value is too long`);
  }
  if (item['creators'] !== undefined) checkCreators(item['creators'], type);
  if (item['tags'] !== undefined) checkTags(item['tags']);
  const { collections } = item;
  if (collections !== undefined && !(Array.isArray(collections) && collections.every(isKey)))
    throw new Refusal(400, "'collections' property must be an array of collection keys");
}

export function checkCollection(collection: Readonly<Record<string, unknown>>, isNew: boolean): void {
  const { name } = collection;
  if (name === undefined && !isNew) return;
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'Collection name cannot be empty');
  if (name.length > LONGEST_NAME) throw new Refusal(413, 'Collection name is too long');
  for (const field of Object.keys(collection)) {
    const known = ['key', 'version', 'name', 'parentCollection', 'relations', 'deleted'];
    if (!known.includes(field)) throw new Refusal(400, `Invalid property '${field}'`);
  }
}

/** Trims tags and drops empty ones. A name occurs once; as an automatic tag only if nobody set it by hand. */
export function cleanTags(tags: readonly Tag[]): Tag[] {
  const byName = new Map<string, Tag>();
  for (const { tag, type = 0 } of tags) {
    const name = tag.trim();
    if (name === '' || (byName.has(name) && type === 1)) continue;
    byName.set(name, type === 1 ? { tag: name, type } : { tag: name });
  }
  return [...byName.values()];
}

/** The server removes control characters. */
export function cleanText(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/(?![\t\n\r])\p{Cc}/gu, '') : value;
}

export function emptyCollection(key: string): CollectionData {
  return { key, version: 0, name: '', parentCollection: false, relations: {} };
}

function isFieldOf(itemType: string, type: TypeFacts, field: string): boolean {
  if (COMMON.has(field) && !(field === 'creators' && type.creators.length === 0)) return true;
  if (itemType === 'note') return OF_NOTES.has(field);
  if (itemType === 'attachment') return OF_ATTACHMENTS.has(field);
  return type.fields.includes(field);
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && KEY.test(value);
}

function checkCreators(creators: unknown, { creators: known }: TypeFacts): void {
  if (!Array.isArray(creators)) throw new Refusal(400, "'creators' property must be an array");
  for (const creator of creators as Readonly<Record<string, unknown>>[]) {
    const { creatorType, name, firstName, lastName } = creator;
    if (typeof creatorType !== 'string') throw new Refusal(400, "creator object must contain 'creatorType'");
    if (!known.includes(creatorType))
      throw new Refusal(400, `'${creatorType}' is not a valid creator type for this item type`);
    const isWhole = name !== undefined;
    const isSplit = firstName !== undefined || lastName !== undefined;
    if (isWhole === isSplit)
      throw new Refusal(400, "creator object must contain 'firstName'/'lastName' or 'name'");
    if (isSplit && (firstName === undefined || lastName === undefined))
      throw new Refusal(400, "creator object must contain 'firstName'/'lastName' or 'name'");
  }
}

function checkTags(tags: unknown): void {
  if (!Array.isArray(tags)) throw new Refusal(400, "'tags' property must be an array");
  for (const each of tags as Readonly<Record<string, unknown>>[]) {
    const { tag, type } = each;
    if (typeof tag !== 'string') throw new Refusal(400, "Tag must be an object with a 'tag' property");
    if (type !== undefined && type !== 0 && type !== 1) throw new Refusal(400, 'Invalid tag type');
    if (tag.length > LONGEST_TAG) throw new Refusal(413, `Tag '${tag.slice(0, 20)}…' is too long to sync`);
  }
}
