/** Parses a typed line into a command and the raw values of its options. */

import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import {
  type Catalogue,
  type CommandShape,
  commandNamesIn,
  findCommand,
  fullName,
  isList,
  nearest,
  optionKey,
  optionNamed,
  restOption,
  rootsOf,
} from './catalogue.ts';
import type { Options } from './define.ts';
import { cutWords, type PairWord, type Word } from './words.ts';

/** Values as typed, by option name; `validate` gives them their types. */
export type RawValues = Readonly<Record<string, string | number>>;

export interface ParsedLine<C extends CommandShape = CommandShape> {
  readonly command: C;
  readonly values: RawValues;
}

/** Characters. A longer line was pasted by mistake. */
const LONGEST_LINE = 16_000;
const HEAD = /^\s*([/／]?)([\p{L}\p{N}_-]+)(?=\s|$)/u;
const NAME = /^\s+(\S+)/u;

/**
 * `/papers search test-time training limit:3`, also without the slash (`papers search …`) or the root
 * (`search …`). `name:value` sets an option anywhere in the line; the other words are the value of the option
 * in `rest`.
 * @throws UserError for an unknown command or option, with the nearest name
 */
export function parseLine<C extends CommandShape>(catalogue: Catalogue<C>, line: string): ParsedLine<C> {
  if (line.length > LONGEST_LINE) {
    throw new UserError(`That line is too long: ${line.length} characters. The limit is ${LONGEST_LINE}.`);
  }
  const { command, rest } = resolveCommand(catalogue, line);
  return { command, values: readValues(command, cutWords(rest)) };
}

/** The command that a line begins with; `undefined` if it does not begin with one. */
export function commandNamedBy<C extends CommandShape>(catalogue: Catalogue<C>, line: string): C | undefined {
  try {
    return resolveCommand(catalogue, line).command;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function resolveCommand<C extends CommandShape>(
  catalogue: Catalogue<C>,
  line: string,
): { command: C; rest: string } {
  const head = HEAD.exec(line);
  const first = head?.[2] ?? '';
  const afterFirst = line.slice(head?.[0].length ?? 0);
  const root = rootsOf(catalogue).find((each) => each === first.toLowerCase());
  if (root === undefined) {
    const command = findCommand(catalogue, undefined, first);
    if (command && (head?.[1] !== '' || isMeant(catalogue, command, afterFirst)))
      return { command, rest: afterFirst };
    throw new UserError(whyNoCommand(catalogue, line, first));
  }
  const second = NAME.exec(afterFirst);
  // A bare root shows the help.
  const name = second?.[1] ?? 'help';
  const command = findCommand(catalogue, root, name);
  if (command) return { command, rest: afterFirst.slice(second?.[0].length ?? 0) };
  throw new UserError(
    second ? whyNoName(catalogue, root, name) : `Choose a command: ${listed(catalogue, root)}.`,
  );
}

function readValues(command: CommandShape, words: readonly Word[]): RawValues {
  const values: Record<string, string> = {};
  const text: string[] = [];
  const set = (option: string, value: string): void => {
    if (option === command.rest) text.push(value);
    else if (Object.hasOwn(values, option))
      throw new UserError(`${option} is set twice. Remove one of them.`);
    else values[option] = value;
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    const option = word.kind === 'pair' ? optionMeant(command, word) : undefined;
    if (word.kind === 'text' || option === undefined) text.push(word.raw);
    else if (isList(command.options[option])) {
      const list = readList(
        word,
        words.slice(i + 1),
        (next) => next.kind === 'pair' && !!optionMeant(command, next),
      );
      if (list.unclosed) throw new UserError(unclosed(option));
      set(option, list.value);
      i += list.taken;
    } else if (word.unclosed) throw new UserError(unclosed(option));
    else if (word.value !== undefined) set(option, word.value);
    // `query: mixture of experts`: the following words are free text anyway.
    else if (option !== command.rest) {
      const next = words[i + 1];
      if (next?.kind !== 'text') throw new UserError(`${option} needs a value. ${writeLike(command)}`);
      set(option, next.phrase ?? next.raw);
      i++;
    }
  }
  if (text.length === 0) return values;
  if (command.rest === undefined) throw new UserError(whyNoText(command, text.join(' ')));
  return { ...values, [command.rest]: text.join(' ') };
}

/**
 * The option that `name:` refers to, or `undefined` if it is part of the text, because titles contain colons
 * too.
 * @throws UserError if it is a misspelt option
 */
function optionMeant(command: CommandShape, word: PairWord): string | undefined {
  const names = Object.keys(command.options satisfies Options);
  const key = optionKey(word.name);
  const exact = optionNamed(command, word.name);
  // Not misspelt options: "Data: a survey", a title with a space after the colon, and `arXiv:2401.01234`.
  if (exact !== undefined || word.value === undefined || key === 'arxiv' || key === 'doi') return exact;
  const near =
    nearest(word.name, names) ?? names.find((name) => key.length > 3 && name.split('_').includes(key));
  if (near === undefined) return undefined;
  throw new UserError(`${fullName(command)} has no option ${word.name}. Did you mean ${near}:${word.value}?`);
}

function whyNoCommand(catalogue: Catalogue, line: string, first: string): string {
  const roots = rootsOf(catalogue);
  const shown = first === '' ? clip(line.trim(), 40) : `/${first}`;
  const root = nearest(first, roots);
  if (root !== undefined) return `There is no ${shown}. Did you mean /${root}?`;
  const names = catalogue.map(({ name }) => name);
  const command = findCommand(catalogue, undefined, nearest(first, names) ?? '');
  if (command) return `There is no ${shown}. Did you mean ${fullName(command)}?`;
  return `“${shown}” is not a command. Commands begin with ${roots.map((each) => `/${each}`).join(' or ')}.`;
}

/**
 * True if a bare name is a command rather than a search: people search for “why …” and “list …”, so outside
 * the first root a name followed by free text is not a command.
 */
function isMeant(catalogue: Catalogue, command: CommandShape, rest: string): boolean {
  const text = cutWords(rest).filter(({ kind }) => kind !== 'pair');
  const option = restOption(command);
  // "random forests" is a search, "random cs.RO" a command.
  if (option?.type === 'string' && option.fits) return text.every(({ raw }) => option.fits?.(raw));
  return command.root === rootsOf(catalogue)[0] || text.length === 0;
}

function whyNoName(catalogue: Catalogue, root: string, name: string): string {
  const near = nearest(name, commandNamesIn(catalogue, root));
  const shown = clip(name, 40);
  if (near !== undefined) return `There is no /${root} ${shown}. Did you mean /${root} ${near}?`;
  return `There is no /${root} ${shown}. Available: ${listed(catalogue, root)}.`;
}

function listed(catalogue: Catalogue, root: string): string {
  return `/${root} ${commandNamesIn(catalogue, root).join(' | ')}`;
}

function unclosed(option: string): string {
  return `The quote after ${option}: is not closed. Add " at the end.`;
}

function writeLike(command: CommandShape): string {
  return `For example: ${command.examples[0]}`;
}

function whyNoText(command: CommandShape, text: string): string {
  const shown = clip(text, 40);
  return `${fullName(command)} does not take the text “${shown}”. ${writeLike(command)}`;
}

// List values: `exclude:survey, "large language models"` continues after the comma.

const QUOTE = /["“”„‟«»]/gu;

/**
 * Reads the list that begins in a `name:value`, keeping its inner quotes, and counts the following words that
 * belong to it. It continues after a comma, before a comma, and within an open quote.
 * @param isOption true for a word that sets another option, which ends the list
 */
function readList(
  first: PairWord,
  following: readonly Word[],
  isOption: (word: Word) => boolean,
): { readonly value: string; readonly taken: number; readonly unclosed: boolean } {
  // Escaped quotes were written by `formatLine`, which writes the whole list as one value.
  const whole = first.value?.includes('"') === true && first.raw.includes('\\"');
  let value = whole ? (first.value ?? '') : first.raw.slice(first.raw.search(/[:：=]/u) + 1);
  let taken = 0;
  for (const word of whole ? [] : following) {
    const goesOn = value === '' || isOpen(value) || /[,，、]$/u.test(value) || /^[,，、]/u.test(word.raw);
    if (!goesOn || (!isOpen(value) && isOption(word))) break;
    value = `${value} ${word.raw}`;
    taken += 1;
  }
  return { value, taken, unclosed: !whole && isOpen(value) };
}

function isOpen(text: string): boolean {
  return (text.match(QUOTE)?.length ?? 0) % 2 === 1;
}
