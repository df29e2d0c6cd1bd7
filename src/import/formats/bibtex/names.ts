/** Splits lists of names as BibTeX does (https://ctan.org/pkg/tamethebeast, section 11). */
import { withoutMarks } from '../../../text/author-marks.ts';
import { OTHERS, SUFFIX } from '../../../text/author-name.ts';
import type { NameParts } from '../../../text/authors.ts';
import { readAuthors } from '../../fields/people.ts';
import { LONGEST_LIST } from '../../fields/values.ts';
import { textOfTex } from './tex-values.ts';

/** Characters of one name. */
const LONGEST_NAME = 500;

/** Parts between commas, each as words; a group in braces is one word. */
type Written = readonly (readonly string[])[];

/** biblatex's own form: `family=Hengel, given=Anton, prefix=van den`. */
const NAMED_PART = /^"?(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*?)"?$/is;

export function readNames(value: string): Array<NameParts | string> {
  return splitList(withoutMarks(value)).flatMap(toNames).slice(0, LONGEST_LIST);
}

/** One pass: words, commas and `and` count only outside of braces. */
function splitList(value: string): Written[] {
  const names: Written[] = [];
  let parts: string[][] = [[]];
  let depth = 0;
  let start = 0;
  function endWord(end: number): void {
    if (end > start) {
      const word = value.slice(start, end);
      if (word.toLowerCase() === 'and') endName();
      else parts.at(-1)?.push(word);
    }
    start = end + 1;
  }
  function endName(): void {
    if (parts.some((words) => words.length > 0)) names.push(parts);
    parts = [[]];
  }
  for (let at = 0; at < value.length && names.length < LONGEST_LIST; at++) {
    const sign = value[at] ?? '';
    if (sign === '{') depth += 1;
    else if (sign === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (sign === ',') {
      endWord(at);
      parts.push([]);
    } else if (/\s/.test(sign) || (sign === '~' && value[at - 1] !== '\\')) {
      // `\v Rehak` is one word: a space ends the name of an accent.
      if (!/(?:^|[^\\])\\[a-zA-Z]$/.test(value.slice(Math.max(0, at - 3), at))) endWord(at);
    }
  }
  endWord(value.length);
  endName();
  return names;
}

function toNames(parts: Written): Array<NameParts | string> {
  const filled = parts.filter((words) => words.length > 0);
  const [one = [], two = [], three = []] = filled;
  const [first = ''] = one;
  if (filled.every((words) => NAMED_PART.test(words.join(' ')))) return [fromNamedParts(filled)];
  if (filled.length === 1) {
    if (one.length > 1) return [fromPlain(one)];
    if (first.toLowerCase() === 'others') return [OTHERS];
    return [{ family: text(one), given: '' }];
  }
  if (filled.length === 2) {
    return SUFFIX.test(text(two)) && one.length > 1
      ? [{ ...fromPlain(one), suffix: text(two) }]
      : [{ family: text(one), given: text(two) }];
  }
  const areSeveral = filled.length > 3 || filled.every((words) => words.length > 1);
  if (areSeveral && !SUFFIX.test(text(two))) {
    const names = filled.map(text);
    return readAuthors(names.join(', ')) ?? names;
  }
  return SUFFIX.test(text(three))
    ? [{ family: text(one), given: text(two), suffix: text(three) }]
    : [{ family: text(one), given: text(three), suffix: text(two) }];
}

/** Between two family names, of which BibTeX takes the first for a given name: “Ortega y Gasset”. */
const LINK = /^[yei]$/;

/** `First von Last`: the family name begins with the first word in lower case, or is the last word. */
function fromPlain(words: readonly string[]): NameParts {
  const lower = words.findIndex((word, at) => at < words.length - 1 && isLower(word));
  const isLink = lower > 1 && LINK.test(words[lower] ?? '');
  const start = lower === -1 ? words.length - 1 : isLink ? lower - 1 : lower;
  return { given: text(words.slice(0, start)), family: text(words.slice(start)) };
}

/** Letters in braces have no case, unless the braces hold an accent: `{\'e}`. */
function isLower(word: string): boolean {
  return (!word.startsWith('{') || word.startsWith('{\\')) && /^\p{Ll}/u.test(textOfTex(word, LONGEST_NAME));
}

function fromNamedParts(parts: Written): NameParts {
  const named = new Map<string, string>();
  for (const words of parts) {
    const [, name = '', value = ''] = NAMED_PART.exec(words.join(' ')) ?? [];
    named.set(name.toLowerCase(), textOfTex(value.replace(/^"|"$/g, ''), LONGEST_NAME));
  }
  const of = (name: string) => named.get(name) ?? '';
  const family = [of('prefix'), of('family')].filter((part) => part !== '').join(' ');
  return { family, given: of('given'), suffix: of('suffix') };
}

function text(words: readonly string[]): string {
  return textOfTex(words.join(' '), LONGEST_NAME);
}
