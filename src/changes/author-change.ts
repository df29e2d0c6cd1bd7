/** Compares two lists of authors. The same person can be written in several ways. Pure. */
import { distance } from 'fastest-levenshtein';
import { OTHERS, withInitialsJoined } from '../text/author-name.ts';
import { readable } from '../text/readable.ts';
import type { AuthorChange, Replacement } from './changes.ts';

const TITLE = /^(?:dr|prof|mr|mrs|ms|md)\.? (?=\p{L}+[ .])/iu;
/** An affiliation that a feed lists as an author: “XPOP”. */
const ACRONYM = /^[\p{Lu}\d&-]{1,12}$/u;

/**
 * Returns `undefined` when the same people are named in the same order and spelling. A list that leaves
 * authors out (“et al.”) says nothing about them.
 */
export function compareAuthors(from: readonly string[], to: readonly string[]): AuthorChange | undefined {
  if (from.length === 0 || to.length === 0 || from.includes(OTHERS) || to.includes(OTHERS)) return undefined;
  const [old, current] = [peopleAmong(from), peopleAmong(to)];
  const [oldKeys, keys] = [old.map(keyOf), current.map(keyOf)];
  let added = current.filter((name) => !oldKeys.includes(keyOf(name)));
  let removed = old.filter((name) => !keys.includes(keyOf(name)));
  const respelled: Replacement[] = [];
  for (const name of old) {
    const same = current[keys.indexOf(keyOf(name))];
    if (same !== undefined && same !== name) respelled.push({ from: name, to: same });
  }
  for (const name of removed) {
    const same = added.find((other) => isSamePerson(name, other));
    if (same === undefined) continue;
    respelled.push({ from: name, to: same });
    added = added.filter((other) => other !== same);
  }
  removed = removed.filter((name) => !respelled.some((pair) => pair.from === name));
  const kept = keysKept(old, removed, new Map(respelled.map((pair) => [pair.from, pair.to])));
  const keptNow = current.filter((name) => !added.includes(name)).map(keyOf);
  const isReordered = kept.join('\n') !== keptNow.join('\n');
  const first = isReordered && kept[0] !== keptNow[0] && keptNow[0] === keys[0] ? current[0] : undefined;
  if (added.length + removed.length + respelled.length === 0 && !isReordered) return undefined;
  return { added, removed, respelled, isReordered, ...(first !== undefined && { first }) };
}

function peopleAmong(names: readonly string[]): string[] {
  const shown = names.map((name) => withInitialsJoined(readable(name)));
  const people = shown.filter((name) => !ACRONYM.test(name));
  return people.length > 0 ? people : shown;
}

function keysKept(
  old: readonly string[],
  removed: readonly string[],
  respelled: ReadonlyMap<string, string>,
): string[] {
  return old.filter((name) => !removed.includes(name)).map((name) => keyOf(respelled.get(name) ?? name));
}

/** Letters without case, accents and punctuation. */
function keyOf(name: string): string {
  return lettersOf(name).join(' ');
}

function lettersOf(name: string): string[] {
  return name
    .replace(TITLE, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
}

/** Another spelling, order of names, initials, or an affiliation that stuck to the name. */
function isSamePerson(one: string, other: string): boolean {
  const [left, right] = [lettersOf(one), lettersOf(other)];
  const [joined, same] = [left.join(''), right.join('')];
  if (joined === same || left.toSorted().join(' ') === right.toSorted().join(' ')) return true;
  if (left.length > 1 && right.length > 1 && isStuck(one, other)) return true;
  const [family, otherFamily] = [left.at(-1) ?? '', right.at(-1) ?? ''];
  if (family === otherFamily && areInitials(left.slice(0, -1), right.slice(0, -1))) return true;
  // A typing error in one of the names, with the other one equal.
  const isNear = distance(joined, same) <= (Math.max(joined.length, same.length) >= 10 ? 2 : 1);
  return (
    isNear && left.length === right.length && left.some((part) => part.length > 1 && right.includes(part))
  );
}

/** “Julie JosseCMAP” is Julie Josse. */
function isStuck(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^(?:[A-Z]|[\s(,])/.test(long.slice(short.length));
}

/** “J.” and “John”, “John A.” and “John”, “Nick” and “Nicholas”. */
function areInitials(left: readonly string[], right: readonly string[]): boolean {
  const [one = '', other = ''] = [left[0], right[0]];
  if (one === '' || other === '') return one === other;
  const isShort = one.length === 1 || other.length === 1;
  const begins = one.startsWith(other) || other.startsWith(one);
  return (
    begins || (!isShort && one.slice(0, 2) === other.slice(0, 2) && Math.min(one.length, other.length) <= 5)
  );
}
