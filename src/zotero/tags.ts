/** Merges the tags of a saved paper and of its item in Zotero. */
import type { ZoteroTag } from './item.ts';

/** Case and spaces around a tag make no difference between the two sides. */
function keyOf(tag: string): string {
  return tag.trim().normalize('NFC').toLowerCase();
}

/** Each tag once, as it is spelt first. */
function byKey(tags: readonly string[]): Map<string, string> {
  const all = new Map<string, string>();
  for (const tag of tags) if (keyOf(tag) !== '' && !all.has(keyOf(tag))) all.set(keyOf(tag), tag.trim());
  return all;
}

export function isSameTags(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [byKey(one), byKey(other)];
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

/**
 * Three-way merge: what either side added since `base` is in, what either removed is out. So a tag that one
 * side removed and the other never touched goes, and a tag that both have stays.
 * @returns tags spelt as in `here`, or else as in `there`
 */
export function mergeTags(
  base: readonly string[],
  here: readonly string[],
  there: readonly string[],
): string[] {
  const [before, own, other] = [byKey(base), byKey(here), byKey(there)];
  return [...new Map([...other, ...own])]
    .filter(([key]) => (own.has(key) && other.has(key)) || !before.has(key))
    .map(([, tag]) => tag)
    .toSorted();
}

/** Tags that a person set; the others were set by a translator, and stay out of it. */
export function ownTags(tags: readonly ZoteroTag[]): string[] {
  return [...byKey(tags.filter(({ type = 0 }) => type === 0).map(({ tag }) => tag)).values()].toSorted();
}

/** The tags of an item with a person's tags replaced. Spelling in Zotero and automatic tags stay. */
export function withOwnTags(tags: readonly ZoteroTag[], wanted: readonly string[]): ZoteroTag[] {
  const want = byKey(wanted);
  const kept = tags.filter(({ tag, type = 0 }) =>
    type === 0 ? want.has(keyOf(tag)) : !want.has(keyOf(tag)),
  );
  const has = byKey(kept.map(({ tag }) => tag));
  return [...kept, ...[...want].filter(([key]) => !has.has(key)).map(([, tag]) => ({ tag }))];
}
