/** Normalises the author names of all sources. */

import { withoutFamilyMark, withoutMarks } from './author-marks.ts';
import { isGroup, isParticle, OTHERS, SUFFIX, toCslName, withInitialsJoined } from './author-name.ts';
import { cleanText } from './clean.ts';
import { splitAtGroups, withoutBehalf } from './group-lists.ts';
import { readable } from './readable.ts';

/** A name whose source gives the family name separately. */
export interface NameParts {
  readonly family: string;
  readonly given: string;
  /** `Jr.`, `III` */
  readonly suffix?: string;
}

export interface Credits {
  readonly authors?: readonly string[];
  /** Family names by author, where the source gave them and the name does not show them. */
  readonly families?: Readonly<Record<string, string>>;
}

/** Matches most names, which need no cleaning. */
const PLAIN = /^\p{L}[\p{L}\p{M} .'’-]*$/u;
const SEVERAL = /\b(?:and|others|et\.? al)\b/i;

/** “and others”, “et al.”, and arXiv's “(2,912 additional authors not shown)”. */
export const ET_AL =
  /(?:,? (?:and|&) |^(?:and )?)others\.?$|,? ?\bet\.? al(?:ii|\.)?(?: ?\([^()]{0,60}\))?$|^\(?[\d,]{0,9} ?(?:additional|more|other) authors?(?: not shown)?\)?$/i;
/** At least two words, all capitalised. */
const PERSON = /^\p{Lu}[^ ]*(?: \p{Lu}[^ ]*)+$/u;
/** Separators between people; they also occur inside the names of groups. */
const BETWEEN = /\s*[;；、，]\s*|,? (?:and|&) (?=\p{L})/iu;
/** Whole names in Chinese, of three letters and two or more, or in Korean: not “Family, Given”. */
const WHOLE_NAMES =
  /^(?:\p{sc=Han}{3}, ?\p{sc=Han}{2,4}|\p{sc=Han}{2,4}, ?\p{sc=Han}{3}|\p{sc=Hangul}{3,4}, ?\p{sc=Hangul}{2,4})$/u;
const DEGREE = /^(?:Ph\. ?D|PhD|M\. ?D|MD|M\.?Sc|B\.?Sc|MBBS|FRCP)\.?$/i;
const INITIALS = /^(?:\p{Lu}\.?[ -]?){1,4}$/u;
/**
 * Returns each person once, in order, as “Given Family”. Entries without letters, such as a lone `:`, are
 * dropped.
 */
export function toCredits(names: ReadonlyArray<string | NameParts>): Credits {
  const authors = new Set<string>();
  const families = new Map<string, string>();
  for (const name of names) {
    for (const one of typeof name === 'string' ? fromText(name) : fromParts(name)) {
      const author = typeof one === 'string' ? one : written(one);
      if (!/\p{L}/u.test(author)) continue;
      authors.add(author);
      if (typeof one !== 'string' && !tellsFamily(author, one)) families.set(author, one.family);
    }
  }
  return {
    authors: [...authors],
    // Not by assignment, because a name could be `__proto__`.
    ...(families.size > 0 && { families: Object.fromEntries(families) }),
  };
}

/** Splits a full name into parts when its family name is known. */
export function toNameParts(name: string, family: string | undefined): NameParts | string {
  if (family === undefined) return name;
  const words = name.split(' ');
  const suffix = SUFFIX.test(words.at(-1) ?? '') ? (words.pop() ?? '') : '';
  const plain = words.join(' ');
  return plain.endsWith(` ${family}`) ? { given: plain.slice(0, -family.length - 1), family, suffix } : name;
}

/** Returns the family name from a source, for names that do not show it. */
export function familyOf({ families }: Credits, author: string): string | undefined {
  return families && Object.hasOwn(families, author) ? families[author] : undefined;
}

/**
 * True when {@link toCslName} finds the family name by itself. Called for every imported author, so checks
 * cheaply first.
 */
function tellsFamily(name: string, { family, given, suffix = '' }: NameParts): boolean {
  if (family === '' || given === '') return true;
  const isUsual = !/[ \p{Lo}]/u.test(family) && (suffix === '' || SUFFIX.test(suffix));
  if (isUsual && !isParticle(given.slice(given.lastIndexOf(' ') + 1))) return true;
  const { family: found, literal, 'non-dropping-particle': particle } = toCslName(name);
  return literal !== undefined || family === found || family === `${particle} ${found}`;
}

function cleanPart(text: string): string {
  const name = withInitialsJoined(cleanText(text));
  if (PLAIN.test(name)) return name;
  return withoutMarks(readable(withoutMarks(name)).replace(/[\\{}]/g, ''))
    .replace(/^[\s,;:/]+|[\s,;:/]+$/g, '')
    .replace(/^[(（]([^()（）]+)[)）]$/, '$1')
    .trim();
}

/**
 * Returns the parts of one person's name, or the plain name of a group. A file that separates names by commas
 * can have two groups, or a group and a person, where one name has its parts.
 */
function fromParts({ family, given, suffix = '' }: NameParts): Array<NameParts | string> {
  const parts = { family: cleanPart(family), given: cleanPart(given), suffix: cleanPart(suffix) };
  const name = written(parts);
  if (ET_AL.test(name)) return [OTHERS];
  if (parts.family === '') return [name];
  if (isGroup(name)) {
    const listed = [parts.family, parts.given, parts.suffix].filter((part) => part !== '').join(', ');
    return splitAtGroups(listed)?.flatMap(fromOne) ?? [name];
  }
  return [parts.given === '' ? name : { ...parts, family: withoutFamilyMark(parts.family) }];
}

function written({ given, family, suffix }: NameParts): string {
  return [given, family, suffix ?? ''].filter((part) => part !== '').join(' ');
}

/** Reads one author string, which is mostly one name but can be several. */
function fromText(text: string): Array<NameParts | string> {
  const name = cleanPart(text);
  if (PLAIN.test(name) && !SEVERAL.test(name)) return [withoutBehalf(name)];
  const named = name.replace(ET_AL, '');
  const all = named === name ? [] : [OTHERS];
  return [...split(withoutBehalf(named.replace(/^and /i, ''))).flatMap(fromOne), ...all];
}

/** Splits “A. Example; B. Sample”, “A. Example and B. Sample”, “The X Collaboration: A. Example”, “X: …”. */
function split(name: string): string[] {
  const around = splitAtGroups(name);
  if (around) return around;
  const [head = '', ...rest] = name.split(/\s*:\s+/);
  if (rest.length > 0 && (isGroup(head) || !head.includes(' '))) return [head, ...split(rest.join(': '))];
  const parts = name.split(BETWEEN).map((part) => part.trim());
  const isOne = isGroup(name) && !parts.every((part) => isGroup(part) || PERSON.test(part));
  return isOne ? [name] : parts;
}

/** Reverses “Family, Given”; keeps a comma inside the name of a group. */
function fromOne(name: string): Array<NameParts | string> {
  const parts = name.split(/\s*,\s*/).filter((part) => part !== '' && !DEGREE.test(part));
  const [first = '', second = '', third = ''] = parts;
  if (parts.length > 1 && parts.every(isGroup)) return parts;
  if (parts.length === 1 || isGroup(name)) return [parts.length === 1 ? first : name];
  if (WHOLE_NAMES.test(name)) return parts;
  if (parts.length === 2)
    return [SUFFIX.test(second) ? `${first} ${second}` : { family: first, given: second }];
  if (parts.length === 3 && SUFFIX.test(second)) return [{ family: first, given: third, suffix: second }];
  if (parts.length === 3 && SUFFIX.test(third)) return [{ family: first, given: second, suffix: third }];
  // More commas: a list of “Family, Given” when every second part is initials, otherwise a list of plain
  // names.
  const isTurned = parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 0 || INITIALS.test(part));
  if (!isTurned) return parts;
  return parts.flatMap((family, at) => (at % 2 === 0 ? [{ family, given: parts[at + 1] ?? '' }] : []));
}
