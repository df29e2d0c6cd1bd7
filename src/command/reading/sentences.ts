/**
 * Reads whole sentences that mean a command: `remove the tag llm from 2`, `who saved the most this month?`.
 * The record of a command lists them (`saidBy`).
 */
import type { Catalogue, CommandShape } from '../catalogue.ts';
import type { ChoiceOption, Option, RawValues } from '../define.ts';
import { formatLine } from '../line.ts';
import { severalPapers } from '../several-papers.ts';
import { numberMeant, numbersMeant, withoutPaperFillers } from './paper-words.ts';

export interface SaidSentence<C extends CommandShape = CommandShape> {
  readonly command: C;
  /** The papers that it names: an option, and their names or numbers in the last list. */
  readonly papers?: { readonly option: string; readonly named: string };
  readonly values: RawValues;
  /** Free text, in which options may be said. */
  readonly text?: string;
}

/** Before a command in a sentence: “please save 2406.01574”. */
export const POLITE =
  /^\s*(?:(?:please|pls|hey|hi|ok|okay|can you|could you|would you|will you|i'd like to|i’d like to|i would like to|i want to|let's|lets)[,!]?\s+)+(?=\p{L})/iu;
const END = String.raw`(?:[\s,]+(?:please|pls|thanks|thank\s+you|now))*[\s.!?]*$`;
const END_AFTER_PAPER = String.raw`(?:[\s,]+(?:please|pls|thanks|thank\s+you|any\s?more|again|now|for\s+me))*${END}`;
/** `{paper}`, or `{paper:words}` where any words are the name of a paper. */
const PLACEHOLDER = /\{(\w+)(:words)?\}/g;
/** Inside of a sentence, it is not one. */
const SECOND_SENTENCE = /[;?!]|\.\s/u;
const LONGEST_NAME = 300;
/** The shape of numbers of a list, ids, links or a quoted title. What it matches is read afterwards. */
const PAPER = String.raw`(?:(?:the|papers?|no\.?|number|first|top)\s+)*(?:["“][^"”]{1,${LONGEST_NAME}}["”]|[^\s"“]{1,${LONGEST_NAME}}?(?:(?:\s*,\s*|\s+and\s+)[^\s,]{1,${LONGEST_NAME}}?){0,9})(?:\s+(?:ones?|papers?))?`;
const ANY_PAPER = String.raw`\S.{0,${LONGEST_NAME}}?`;

interface Form {
  /** True if the words without which no sentence has this form are in the line: ` note the second one `. */
  mayBe(words: string): boolean;
  /** Compiled when it is needed, because all forms together take 60 ms. */
  regex(): RegExp;
  readonly values: RawValues;
  /** Options whose values any words can be. */
  readonly ofWords: ReadonlySet<string>;
}

const compiled = new WeakMap<object, readonly Form[]>();

/**
 * The sentence of the catalogue that the line is. Of several, the one with the most words of its own: “forget
 * me” is no subject to forget.
 */
export function readSentence<C extends CommandShape>(
  catalogue: Catalogue<C>,
  line: string,
): SaidSentence<C> | undefined {
  const typed = line.trim();
  // “I want to be notified …” begins with a courtesy, too.
  const words = ` ${typed.toLowerCase().split(NO_LETTERS).join(' ')} `;
  let best: SaidSentence<C> | undefined;
  let most = 0;
  for (const text of new Set([typed.replace(POLITE, ''), typed])) {
    for (const command of catalogue) {
      for (const form of formsOf(command)) {
        const found = form.mayBe(words) ? form.regex().exec(text) : null;
        const own = found === null ? 0 : ownCharacters(found);
        if (found === null || own <= most) continue;
        const sentence = sentenceOf(command, form, found.groups ?? {});
        if (sentence) [best, most] = [sentence, own];
      }
    }
    if (best) return best;
  }
  return undefined;
}

function ownCharacters({ 0: text, groups = {} }: RegExpExecArray): number {
  return Object.values(groups).reduce((own, value = '') => own - value.length, text.length);
}

/** `note 2 a good baseline`: what a command is called, the number of a paper, and its free text. */
const NUMBER_FIRST =
  /^(?:\/?(?:papers|paperfeed)\s+|\/)?(\p{L}+(?:\s\p{L}+){0,3}?)\s+(?:(?:to|on|for)\s+)?#?(\d{1,3})(?:[:,]?\s+(?!\d)(\S.*))?$/isu;

/** A line about the number of a paper, which is no search only where a list was shown. */
export function readNumberFirst<C extends CommandShape>(
  catalogue: Catalogue<C>,
  line: string,
): SaidSentence<C> | undefined {
  const [, called = '', number, text] = NUMBER_FIRST.exec(line.replace(POLITE, '').trim()) ?? [];
  if (number === undefined) return undefined;
  const verb = called.toLowerCase();
  const command = catalogue.find(({ name, alsoCalled }) => name === verb || alsoCalled?.includes(verb));
  if (command?.paperFirst === undefined || command.rest === undefined) return undefined;
  return {
    command,
    papers: { option: command.paperFirst, named: number },
    values: text === undefined ? {} : { [command.rest]: text },
  };
}

/** @param papers instead of how the sentence names them */
export function lineOfSentence(
  { command: { root, name }, papers, values, text }: SaidSentence,
  found: string | undefined = papers?.named,
): string {
  return formatLine({ root, name, args: { ...(papers && { [papers.option]: found }), ...values } }, text);
}

/**
 * Numbers of a list that the name of papers means, for `2`, `the second one`, `1 and 3`, `the last one`.
 * @param last the greatest number of the list
 */
export function numbersNamed(named: string, last: number): number[] {
  if (/^(?:the\s+)?last(?:\s+(?:one|paper))?$/i.test(named)) return [last];
  const number = numberMeant(named);
  if (number !== undefined) return [number];
  const numbers = /^#?\d{1,3}$/.test(named) ? named.replace('#', '') : (numbersMeant(named) ?? '');
  return numbers
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, to = first] = part.split('-').map(Number);
      return Array.from({ length: Math.max(1, Math.min(to - first + 1, last)) }, (_, at) => first + at);
    });
}

function formsOf(command: CommandShape): readonly Form[] {
  const { saidBy } = command;
  if (saidBy === undefined) return [];
  const known = compiled.get(saidBy) ?? Object.entries(saidBy).map((each) => formOf(command, each));
  compiled.set(saidBy, known);
  return known;
}

function formOf(command: CommandShape, [pattern, values]: [string, RawValues]): Form {
  const placeholders = [...pattern.matchAll(PLACEHOLDER)].map(([, name = '', words]) => ({ name, words }));
  const last = placeholders.at(-1)?.name;
  const source = pattern
    .replace(/'/g, "['’]")
    .replace(/ \?/g, String.raw`\s*`)
    .replace(/ /g, String.raw`\s+`)
    .replace(
      PLACEHOLDER,
      (_, name: string, words?: string) => `(?<${name}>${matchOf(command, name, words)})`,
    );
  const end = endOf(pattern, last === undefined ? undefined : command.options[last]);
  const needed = neededWords(pattern, command.options);
  let regex: RegExp | undefined;
  return {
    mayBe: (words) => needed.every((some) => some.some((word) => words.includes(word))),
    regex() {
      regex ??= new RegExp(`^${source}${end}`, 'is');
      return regex;
    },
    values,
    ofWords: new Set(placeholders.filter(({ words }) => words !== undefined).map(({ name }) => name)),
  };
}

const NOT_OF_WORD = /[^a-z~]+/;
const NO_LETTERS = /[^a-z]+/;
const INNERMOST = /\([^()]*\)[?*+]?|\[[^\]]*\]/g;

/** Words outside the groups of a pattern, as they are in a line of words: one of each list is needed. */
function neededWords(pattern: string, options: CommandShape['options']): string[][] {
  let rest = pattern;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(INNERMOST, '~');
  }
  const choices = [...rest.matchAll(PLACEHOLDER)].flatMap(([, name = '']) => {
    const option = options[name];
    return option?.type === 'choice'
      ? [wordsOfChoices(option).map((word) => ` ${word.replace(/^\W+/, '')}`)]
      : [];
  });
  const literal = rest
    .replace(PLACEHOLDER, '~')
    .replace(/[a-z] ?\?/g, (one) => (one.endsWith('?') ? '~' : one));
  const words = literal.split(NOT_OF_WORD).flatMap((word) => {
    const [, letters, more] = /^([a-z]+)(~?)/.exec(word) ?? [];
    return letters === undefined ? [] : [[` ${letters}${more === '' ? ' ' : ''}`]];
  });
  return [...words, ...choices];
}

/** A note ends as it was typed. */
function endOf(pattern: string, last: Option | undefined): string {
  if (!/\}\)?\??$/.test(pattern) || last === undefined) return END;
  if (isOfPapers(last)) return END_AFTER_PAPER;
  return last.type === 'string' && last.keepsLines !== true && last.input !== 'paragraph' ? END : '$';
}

function matchOf(command: CommandShape, name: string, words: string | undefined): string {
  const option = command.options[name];
  if (option?.type === 'choice') return choicesOf(option);
  if (isOfPapers(option)) return words === undefined ? PAPER : ANY_PAPER;
  return option?.type === 'string' && option.input === 'paragraph' ? String.raw`\S.*` : String.raw`\S.*?`;
}

function choicesOf(option: ChoiceOption): string {
  return wordsOfChoices(option)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.\\]/g, String.raw`\$&`).replace(/ /g, String.raw`\s+`))
    .join('|');
}

function wordsOfChoices({ choices, synonyms = {} }: ChoiceOption): string[] {
  return [...choices, ...Object.values(synonyms).flatMap((each) => each ?? [])];
}

function isOfPapers(option: Option | undefined): boolean {
  return option?.complete === 'paper' || option?.complete === 'saved-paper';
}

function sentenceOf<C extends CommandShape>(
  command: C,
  { values: fixed, ofWords }: Form,
  groups: Readonly<Record<string, string | undefined>>,
): SaidSentence<C> | undefined {
  const values: Record<string, string | number> = { ...fixed };
  let papers: SaidSentence['papers'];
  let text: string | undefined;
  for (const [name, value] of Object.entries(groups)) {
    if (value === undefined) continue;
    const option = command.options[name];
    if (isOfPapers(option)) {
      const named = withoutPaperFillers(value);
      if (!ofWords.has(name) && !namesPapersSurely(option, named)) return undefined;
      papers = { option: name, named };
    } else if (option?.complete === 'tag') values[name] = value.replace(/\s*(?:,|&|\band\b)\s*/gi, ', ');
    else if (name === command.rest && command.paperFirst === undefined) text = value;
    else if (option?.type === 'string' && option.input !== 'paragraph' && SECOND_SENTENCE.test(value))
      return undefined;
    else values[name] = value;
  }
  return { command, values, ...(papers && { papers }), ...(text !== undefined && { text }) };
}

function namesPapersSurely(option: Option | undefined, named: string): boolean {
  if (/^["“]/u.test(named) || numbersNamed(named, 1).length > 0) return true;
  return (
    option?.type === 'string' &&
    (option.isSurely?.(named) === true || severalPapers(option, named).length > 1)
  );
}
