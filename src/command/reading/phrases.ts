/**
 * Finds options that are said in words. The record of a command lists the phrases: `top {}` for a number,
 * `newest first` for a choice. A space matches any white space, `^` and `$` are the edges of the text, and
 * the rest is a regular expression.
 */
import type { Option } from '../define.ts';

export const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
export const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const NUMBER = String.raw`(\d{1,5}|${NUMBERS.join('|')})`;
/** One to five words of a name: capitals, initials and particles. */
const NAME_WORD = String.raw`\p{Lu}[\p{L}\p{M}.'’\p{Pd}]*`;
const NAME = String.raw`(${NAME_WORD}(?:\s+(?:${NAME_WORD}|van|von|de|del|della|der|den|di|da|la|le|al|bin|ibn|ten)){0,4})(?=[\s,.;:?!)]*(?:$|,|(?:on|about|in|from|since|and|or|between|with|before|after|until|sorted|sort|newest|latest|most|top|page|please|papers?|only|at|every|daily|as|\d)\b))`;

const ARCHIVES = 'astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat';
const CATEGORY = String.raw`((?:${ARCHIVES})\.[a-z]{2}(?:-[a-z]{2,4})?|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)`;
const TAG = String.raw`[#“"]?([\p{L}\p{N}][\p{L}\p{N}._-]*)[”"]?`;
const ANYTHING = String.raw`(\S.*)`;
/** What `{}` matches, by the kind of completion. */
const VALUES: Readonly<Record<string, string>> = { author: NAME, category: CATEGORY, tag: TAG };

export interface SaidValue {
  readonly value: string;
  /** Position of the whole phrase. */
  readonly start: number;
  readonly end: number;
}

const compiled = new Map<string, RegExp>();

/** The first phrase in `text` that says the option. */
export function findSaid(option: Option, text: string): SaidValue | undefined {
  for (const [phrase, value] of phrasesOf(option)) {
    const found = regexOf(phrase, option).exec(text);
    if (!found) continue;
    const said = value ?? numberIn(found.slice(1).find((group) => group !== undefined) ?? '');
    if (option.type === 'string' && option.fits && !option.fits(said)) continue;
    return { value: said, start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}

/** Leaves out phrases that mean nothing in the text of an option. */
export function withoutPhrases(option: Option, text: string): string {
  if (option.type !== 'string') return text;
  // Twice, because a phrase at an edge may stand behind another one.
  const phrases = [...(option.leftOut ?? []), ...(option.leftOut ?? [])];
  return phrases.reduce((left, phrase) => left.replace(regexOf(phrase, option), ' ').trim(), text);
}

function phrasesOf(option: Option): Array<readonly [phrase: string, value: string | undefined]> {
  const phrases = (option.said ?? []).map((phrase) => [phrase, undefined] as const);
  if (option.type !== 'choice' && option.type !== 'string') return phrases;
  const named = Object.entries(option.saidAs ?? {}).flatMap(([value, ways]) =>
    (ways ?? []).map((phrase) => [phrase, value] as const),
  );
  return [...phrases, ...named];
}

function regexOf(phrase: string, option: Option): RegExp {
  const value = option.type === 'integer' ? NUMBER : (VALUES[option.complete ?? ''] ?? ANYTHING);
  const key = `${value} ${phrase}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    const source = phrase
      .replace(/^\^/, String.raw`^\s*`)
      .replace(/\$$/, String.raw`[\s.,;?!]*$`)
      .replace('{}', value)
      .replace(/ \?/g, String.raw`\s*`)
      .replace(/ /g, String.raw`\s+`);
    const flags = source.includes(String.raw`\p{Lu}`) ? 'u' : 'iu';
    regex = new RegExp(String.raw`(?<![^\s(,])${source}(?![^\s,.;:?!)])`, flags);
    compiled.set(key, regex);
  }
  return regex;
}

/** `3` for “three” or “third”; any other text as it is. */
export function numberIn(text: string): string {
  const word = text.toLowerCase();
  const index = Math.max(NUMBERS.indexOf(word), ORDINALS.indexOf(word));
  return index < 0 ? text : String(index + 1);
}
