/** Splits lists that name groups as well as people: “The X Collaboration, A. Example and B. Sample”. */
import { isGroup, isParticle, SUFFIX } from './author-name.ts';

const AND = /,? (?:and|&) (?=\p{L})/iu;
const CAPITAL = /^[\p{Lu}\p{Lo}]/u;
const INITIALS = /^(?:\p{Lu}\.?[ -]?){1,4}$/u;
/** `OpenAI`, `CERN`: neither a person nor a place when people are listed beside it. */
const ACRONYM = /^\p{Lu}\p{Ll}*\p{Lu}\p{L}*$/u;
/** Where a group is, and not who else signed. */
const PLACE =
  /\b(?:colleges?|depart(?:e?ments?)?|dept|schools?|facult(?:y|é|ies)|cent(?:er|re|ro)s?|hospitals?|observator(?:y|io)|divisions?|academy|campus|city|street)\b/i;
/** “for the X Collaboration”, after the people who write for it. */
const ON_BEHALF = /^\(?(?:for|on behalf of|representing) (?:the )?(?=\p{L})/iu;

/** The same behind the last of several people, for all of whom it stands. */
const BEHALF_OF_ALL =
  /,? [([]?(?:for|on behalf of|representing) (?:the )?((?:[^\s,;()]+ ){1,8}(?:collaborations?|consortium|consortia|teams?|groups?))[)\]]?$/i;
const SEVERAL = /[,;]| and | & /i;

/** @returns each author once, people as “Given Family” or “Family, Given”; `undefined` for anything else */
export function splitAtGroups(text: string): string[] | undefined {
  if (!SEVERAL.test(text)) return undefined;
  const apart = text.replace(BEHALF_OF_ALL, ', $1');
  if (!isGroup(apart)) return undefined;
  const tokens = apart
    .split(/\s*[,;]\s*/)
    .filter((token) => token !== '')
    .flatMap(splitAtAnd)
    .map(withoutBehalf);
  const groups = tokens.filter(isGroup);
  // “Collaboration, The X” is one name in two parts.
  if (groups.length === 0 || !groups.every((group) => group.includes(' '))) return undefined;
  if (groups.length === tokens.length) return groups;
  const all: string[] = [];
  let people: string[] = [];
  let found = 0;
  for (const token of [...tokens, undefined]) {
    if (token !== undefined && !isGroup(token) && !(ACRONYM.test(token) && !followsFamily(people))) {
      people.push(token);
      continue;
    }
    const names = people.length === 0 ? [] : readPeople(people);
    if (names === undefined) return undefined;
    all.push(...names, ...(token === undefined ? [] : [token]));
    found += names.length;
    people = [];
  }
  return found > 0 ? all : undefined;
}

function splitAtAnd(part: string): string[] {
  const sides = part.split(AND).filter((side) => side !== '');
  const bare = sides.map((side) => side.replace(/^(?:and|&) /i, ''));
  return bare.every((side) => isGroup(side) || isPerson(side)) ? bare : [part];
}

/** The group for which somebody writes is an author of its own when it has an entry of its own. */
export function withoutBehalf(name: string): string {
  const group = name.replace(ON_BEHALF, '');
  return group !== name && isGroup(group) ? group.replace(/\)$/, '') : name;
}

/** Initials such as `JK` come after a family name. */
function followsFamily(people: readonly string[]): boolean {
  const last = people.at(-1);
  return last !== undefined && !last.includes(' ') && !INITIALS.test(last);
}

/** People between two groups. */
function readPeople(tokens: readonly string[]): string[] | undefined {
  const names: string[] = [];
  for (const token of tokens) {
    if (SUFFIX.test(token) && names.length > 0) names.push(`${names.pop()} ${token}`);
    else names.push(token);
  }
  if (names.every(isPerson)) return names;
  const isEven = names.length % 2 === 0;
  const areInitials = names.every((name, at) => at % 2 === 0 || INITIALS.test(name));
  // Two single words can be a place: “The X Collaboration, Geneva, Switzerland”.
  const areWords = names.length > 2 && names.every((name) => CAPITAL.test(name) && !name.includes(' '));
  if (!isEven || !(areInitials || areWords)) return undefined;
  return names.flatMap((family, at) => (at % 2 === 0 ? [`${family}, ${names[at + 1]}`] : []));
}

function isPerson(name: string): boolean {
  const words = name.split(' ');
  if (words.length < 2 || words.length > 6 || PLACE.test(name)) return false;
  return CAPITAL.test(words.at(-1) ?? '') && words.every((word) => CAPITAL.test(word) || isParticle(word));
}
