/** Who wrote a paper, out of the ways in which sources write names. */

import { isGroup, isParticle, OTHERS, SUFFIX, toCslName } from './author-name.ts';
import { cleanText } from './clean.ts';
import { readable } from './readable.ts';

/** A name of which the source knows the family name. */
export interface NameParts {
  readonly family: string;
  readonly given: string;
  /** `Jr.`, `III` */
  readonly suffix?: string;
}

export interface Credits {
  readonly authors?: readonly string[];
  /** Of authors whose family name their source tells, by name. */
  readonly families?: Readonly<Record<string, string>>;
}

/** Most names: nothing is to be done about them. */
const PLAIN = /^\p{L}[\p{L}\p{M} .'’-]*$/u;
const SEVERAL = /\b(?:and|others|et\.? al)\b/i;

const ET_AL = /(?:,? (?:and|&) |^(?:and )?)others\.?$|,? ?\bet\.? al(?:ii|\.)?$/i;
/** Words that all begin with a capital letter. */
const PERSON = /^\p{Lu}[^ ]*(?: \p{Lu}[^ ]*)+$/u;
/** Between people; not in the name of one group. */
const BETWEEN = /\s*;\s*|,? (?:and|&) (?=\p{L})/iu;
const DEGREE = /^(?:Ph\. ?D|PhD|M\. ?D|MD|M\.?Sc|B\.?Sc|MBBS|FRCP)\.?$/i;
const INITIALS = /^(?:\p{Lu}\.?[ -]?){1,4}$/u;
/** Numbers of affiliations. */
const NOTES =
  /\$\^(?:\{[^{}$]{0,30}\}|.)\$|(?:\^|\\textsuperscript)\{[^{}]{0,30}\}|<sup>[^<>]{0,30}<\/sup>|\\(?:thanks|footnote)\{[^{}]{0,200}\}/g;
/** What leads to a footnote. */
const MARKS = /[*†‡§¶^¹²³⁰⁴-⁹ᵃ-ᶻ]+(?=[\s,;]|$)|^[*†‡§¶]+/gu;

/** Each person once, in order, as “Given Family”. Whoever is no name, as a lone `:`, is left out. */
export function toCredits(names: ReadonlyArray<string | NameParts>): Credits {
  const authors = new Set<string>();
  const families = new Map<string, string>();
  for (const name of names) {
    for (const one of typeof name === 'string' ? fromText(name) : [fromParts(name)]) {
      const author = typeof one === 'string' ? one : written(one);
      if (!/\p{L}/u.test(author)) continue;
      authors.add(author);
      if (typeof one !== 'string' && !tellsFamily(author, one)) families.set(author, one.family);
    }
  }
  return {
    authors: [...authors],
    // Not by assignment: somebody may be called `__proto__`.
    ...(families.size > 0 && { families: Object.fromEntries(families) }),
  };
}

/** A name that is written out, in its parts where the family name among its words is known. */
export function toNameParts(name: string, family: string | undefined): NameParts | string {
  if (family === undefined) return name;
  const words = name.split(' ');
  const suffix = SUFFIX.test(words.at(-1) ?? '') ? (words.pop() ?? '') : '';
  const plain = words.join(' ');
  return plain.endsWith(` ${family}`) ? { given: plain.slice(0, -family.length - 1), family, suffix } : name;
}

/** The family name that a source told of an author, where the name itself does not tell it. */
export function familyOf({ families }: Credits, author: string): string | undefined {
  return families && Object.hasOwn(families, author) ? families[author] : undefined;
}

/** Whether {@link toCslName} finds it without being told. Asked of each author of an import: most answers take no splitting. */
function tellsFamily(name: string, { family, given, suffix = '' }: NameParts): boolean {
  if (family === '' || given === '') return true;
  const isUsual = !/[ \p{Lo}]/u.test(family) && (suffix === '' || SUFFIX.test(suffix));
  if (isUsual && !isParticle(given.slice(given.lastIndexOf(' ') + 1))) return true;
  const { family: found, literal, 'non-dropping-particle': particle } = toCslName(name);
  return literal !== undefined || family === found || family === `${particle} ${found}`;
}

function cleanPart(text: string): string {
  const name = cleanText(text);
  if (PLAIN.test(name)) return name;
  return readable(name.replace(NOTES, ''))
    .replace(/[\\{}]/g, '')
    .replace(MARKS, '')
    .replace(/^[\s,;:/]+|[\s,;:/]+$/g, '')
    .replace(/^[(（]([^()（）]+)[)）]$/, '$1')
    .trim();
}

/** The parts of one person, or a name that has none. */
function fromParts({ family, given, suffix = '' }: NameParts): NameParts | string {
  const parts = { family: cleanPart(family), given: cleanPart(given), suffix: cleanPart(suffix) };
  const name = written(parts);
  if (ET_AL.test(name)) return OTHERS;
  return parts.family === '' || parts.given === '' || isGroup(name) ? name : parts;
}

function written({ given, family, suffix }: NameParts): string {
  return [given, family, suffix ?? ''].filter((part) => part !== '').join(' ');
}

/** One text of a source: mostly one name, sometimes several. */
function fromText(text: string): Array<NameParts | string> {
  const name = cleanPart(text);
  if (PLAIN.test(name) && !SEVERAL.test(name)) return [name];
  const named = name.replace(ET_AL, '');
  const all = named === name ? [] : [OTHERS];
  return [...split(named.replace(/^and /i, '')).flatMap(fromOne), ...all];
}

/** “A. Example; B. Sample”, “A. Example and B. Sample”, “The X Collaboration: A. Example”. */
function split(name: string): string[] {
  const [head = '', ...rest] = name.split(/\s*:\s+/);
  if (rest.length > 0 && isGroup(head)) return [head, ...split(rest.join(': '))];
  const parts = name.split(BETWEEN).map((part) => part.trim());
  const isOne = isGroup(name) && !parts.every((part) => isGroup(part) || PERSON.test(part));
  return isOne ? [name] : parts;
}

/** “Family, Given” is turned round; a comma within the name of a group stays. */
function fromOne(name: string): Array<NameParts | string> {
  const parts = name.split(/\s*,\s*/).filter((part) => part !== '' && !DEGREE.test(part));
  const [first = '', second = '', third = ''] = parts;
  if (parts.length > 1 && parts.every(isGroup)) return parts;
  if (parts.length === 1 || isGroup(name)) return [parts.length === 1 ? first : name];
  if (parts.length === 2)
    return [SUFFIX.test(second) ? `${first} ${second}` : { family: first, given: second }];
  if (parts.length === 3 && SUFFIX.test(second)) return [{ family: first, given: third, suffix: second }];
  if (parts.length === 3 && SUFFIX.test(third)) return [{ family: first, given: second, suffix: third }];
  // A whole list: of “Family, Given” when every other part is initials, of plain names when none is.
  const isTurned = parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 0 || INITIALS.test(part));
  if (!isTurned) return parts;
  return parts.flatMap((family, at) => (at % 2 === 0 ? [{ family, given: parts[at + 1] ?? '' }] : []));
}
