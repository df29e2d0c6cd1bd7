/** Reads authors: lists of names, objects with parts of names, or one text with all of them. */
import { withoutMarks } from '../../text/author-marks.ts';
import { isGroup, OTHERS } from '../../text/author-name.ts';
import { ET_AL, type NameParts } from '../../text/authors.ts';
import { splitAtGroups } from '../../text/group-lists.ts';
import {
  hasNoValue,
  isObject,
  type JsonObject,
  LONGEST_LIST,
  pick,
  readWrittenList,
  textIn,
} from './values.ts';

type Name = string | NameParts;

/** `undefined` when an entry is neither a name nor an object with one. */
export function readAuthors(value: unknown): Name[] | undefined {
  if (typeof value === 'string') {
    const list = readWrittenList(value);
    return list ? readAuthors(list) : splitNames(value);
  }
  if (Array.isArray(value)) {
    // Some tools put one text with all authors into a list.
    return value.length === 1 && typeof value[0] === 'string' ? splitNames(value[0]) : readPeople(value);
  }
  if (!isObject(value)) return undefined;
  // DBLP and Europe PMC: {author: [...]}.
  const list = pick(value, ['author', 'authors']);
  if (Array.isArray(list)) return readAuthors(list);
  const person = readPerson(value);
  return person === undefined ? undefined : [person];
}

function readPeople(entries: readonly unknown[]): Name[] | undefined {
  if (entries.length > LONGEST_LIST) return undefined;
  const names: Name[] = [];
  for (const entry of authorsAmong(entries.filter((each) => !hasNoValue(each)))) {
    const name = readEntry(entry);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

/** Zotero lists editors and translators as well; Hugging Face marks people who are not shown. */
function authorsAmong(entries: readonly unknown[]): readonly unknown[] {
  const shown = entries.filter((entry) => !isObject(entry) || entry['hidden'] !== true);
  const authors = shown.filter((entry) => isObject(entry) && entry['creatorType'] === 'author');
  return authors.length > 0 ? authors : shown;
}

function readEntry(entry: unknown): Name | undefined {
  if (typeof entry === 'string') return entry;
  // Kaggle: last name, first name, suffix, and sometimes affiliations.
  if (Array.isArray(entry)) {
    const [family = '', given = '', suffix = ''] = entry.map(textIn);
    return { family, given, suffix };
  }
  return isObject(entry) ? readPerson(entry) : undefined;
}

/** DBLP numbers people of the same name: `Wei Wang 0001`. */
const NUMBER = / \d{4}$/;

function readPerson(person: JsonObject): Name | undefined {
  const within = pick(person, ['author', 'person']);
  if (isObject(within)) return readPerson(within);
  const part = (...names: string[]): string => textOf(pick(person, names));
  const last = part('family', 'lastname', 'last', 'surname', 'familyname');
  if (last !== '') {
    const family = joined(part('nondroppingparticle'), last);
    const given = joined(
      part('given', 'firstname', 'first', 'forename', 'givenname', 'givennames'),
      part('middle', 'middlename', 'middlenames'),
      part('droppingparticle'),
    );
    return { family, given, suffix: part('suffix') };
  }
  const names = [
    'name',
    'fullname',
    'displayname',
    'literal',
    'text',
    'rawauthorname',
    'authorname',
    'value',
  ];
  const name =
    part(...names) || (typeof within === 'string' ? within : '') || part('given', 'firstname', 'first');
  return name === '' ? undefined : name.replace(NUMBER, '');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return joined(...value.map((each) => textIn(each) ?? ''));
  return textIn(value)?.trim() ?? '';
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

const INITIALS = /^(?:\p{Lu}\.?[ -]?){1,4}$/u;
const PARTICLE = /^\p{Ll}/u;

/**
 * Splits “A and B”, “A; B”, “A, B and C”, “Family, Given; Family, Given”. Leaves what it cannot tell apart to
 * `toCredits`, which also knows groups.
 */
function splitNames(written: string): string[] {
  const text = withoutMarks(written.replace(/[^\S\n]+/g, ' ')).trim();
  const named = text.replace(ET_AL, '');
  return named === text || named === '' ? splitList(text) : [...splitList(named), OTHERS];
}

function splitList(text: string): string[] {
  const listed = text.split(/ ?[;|\n]\s?/).filter((part) => part.trim() !== '');
  if (listed.length > 1) return listed;
  const around = splitAtGroups(text);
  if (around) return around;
  if (text.length <= LONGEST_NAME && isGroup(text)) return [text];
  const joinedByAnd = text.split(/,? (?:and|&) /i);
  if (joinedByAnd.length > 1) {
    // A last author without a comma is “Given Family”, and so are the others, between commas.
    return joinedByAnd.at(-1)?.includes(',') ? joinedByAnd : joinedByAnd.flatMap(byComma);
  }
  return splitAtCommas(text);
}

/** Characters. Longer texts hold several names. */
const LONGEST_NAME = 300;

function byComma(text: string): string[] {
  return text.split(/ ?, ?/).filter((part) => part !== '');
}

function splitAtCommas(text: string): string[] {
  const parts = byComma(text);
  const words = parts.map((part) => part.split(' ').length);
  const [first = '', second = ''] = parts;
  if (parts.length === 2) {
    const areTwo = words.every((count) => count > 1) && !INITIALS.test(second) && !PARTICLE.test(first);
    return areTwo ? parts : [text];
  }
  if (parts.length < 4) return [text];
  // “Lovelace, Ada, Turing, Alan”, “Lovelace, A., Turing, A.”
  const areTurned =
    parts.length % 2 === 0 &&
    (words.every((count) => count === 1) || parts.every((part, at) => at % 2 === 0 || INITIALS.test(part)));
  if (!areTurned) return parts;
  return parts.flatMap((family, at) => (at % 2 === 0 ? [`${family}, ${parts[at + 1]}`] : []));
}
