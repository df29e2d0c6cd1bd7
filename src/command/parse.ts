/** Parses a typed line into a command and the raw values of its options. */

import { parsedOrNothing, UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import {
  type Catalogue,
  type CommandShape,
  fullName,
  isList,
  isOwnName,
  isSecretOption,
  nearest,
  optionKey,
  optionNamed,
  restOption,
} from './catalogue.ts';
import type { Options, RawValues } from './define.ts';
import {
  asPair,
  furtherWords,
  isClearly,
  isSign,
  isValueOf,
  joinedName,
  joinSigns,
  wordsOfPair,
} from './reading/pairs.ts';
import { resolveCommand } from './reading/resolve-command.ts';
import { cutWords, type PairWord, type Word } from './words.ts';

export interface ParsedLine<C extends CommandShape = CommandShape> {
  readonly command: C;
  readonly values: RawValues;
  /** The free text was set by its name, as buttons do: it is taken as it is. */
  readonly isExact: boolean;
}

/** Characters. A longer line was pasted by mistake. */
const LONGEST_LINE = 16_000;

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
  const option = restOption(command);
  const keepsLines = option?.type === 'string' && option.keepsLines === true;
  return { command, ...(keepsLines ? readKept(command, rest) : readValues(command, cutWords(rest))) };
}

/**
 * A message as a line. Line breaks stay only before a command that takes many lines, as elsewhere they mean
 * nothing.
 */
export function toSaid(catalogue: Catalogue, message: string): string {
  const command = commandNamedBy(catalogue, message);
  const option = command && restOption(command);
  const keepsLines = option?.type === 'string' && option.keepsLines === true;
  return message.replace(keepsLines ? /[^\S\r\n]+/gu : /\s+/gu, ' ').trim();
}

/** The command that a line begins with; `undefined` if it does not begin with one. */
export function commandNamedBy<C extends CommandShape>(catalogue: Catalogue<C>, line: string): C | undefined {
  return parsedOrNothing(() => resolveCommand(catalogue, line))?.command;
}

function readValues(
  command: CommandShape,
  typed: readonly Word[],
): { readonly values: RawValues; readonly isExact: boolean } {
  const values: Record<string, string> = {};
  const text: string[] = [];
  const words = joinSigns(command, typed)
    .map((word, at, all) => asPair(command, word, all[at + 1]))
    .filter((word) => !isSign(word));
  let isExact = false;
  const set = (option: string, value: string): void => {
    if (isSecretOption(command.options[option])) throw new UserError(whyNoSecret(command, option));
    if (option === command.rest) {
      text.push(value);
      isExact = true;
    } else if (Object.hasOwn(values, option)) {
      throw new UserError(`${option} is set twice. Remove one of them.`);
    } else values[option] = value;
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    const joined = word.kind === 'pair' ? joinedName(command, text, word.name) : undefined;
    if (joined !== undefined) text.pop();
    if (joined === undefined && word.kind === 'pair' && word.value === undefined) {
      const named = optionNamed(command, word.name);
      const next = words[i + 1];
      if (
        named !== undefined &&
        named !== command.rest &&
        next?.kind === 'text' &&
        isClearly(command.options[named], next.raw)
      ) {
        const more = furtherWords(command.options[named], next.raw, words.slice(i + 2));
        set(named, [next.raw, ...more].join(' '));
        i += 1 + more.length;
        continue;
      }
    }
    const option = joined ?? (word.kind === 'pair' ? optionMeant(command, word) : undefined);
    if (word.kind === 'text') text.push(word.raw);
    else if (option === undefined) text.push(wordsOfPair(command, word) ?? word.raw);
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
    else if (word.value !== undefined) {
      const more = furtherWords(command.options[option], word.value, words.slice(i + 1), word.raw);
      set(option, [word.value, ...more].join(' '));
      i += more.length;
    }
    // `query: mixture of experts`: the following words are free text anyway.
    else if (option !== command.rest) {
      const next = words[i + 1];
      const asked = command.options[option];
      const isSwitch = asked?.type === 'choice' && asked.choices.includes('yes');
      if (isSwitch && (next?.kind !== 'text' || !isValueOf(asked, next.raw))) {
        set(option, 'yes');
        continue;
      }
      if (next?.kind !== 'text') throw new UserError(`${option} needs a value. ${writeLike(command)}`);
      const more = furtherWords(command.options[option], next.raw, words.slice(i + 2));
      set(option, [next.phrase ?? next.raw, ...more].join(' '));
      i += 1 + more.length;
    }
  }
  if (text.length === 0) return { values, isExact };
  if (command.rest === undefined) throw new UserError(whyNoText(command, text.join(' ')));
  return { values: { ...values, [command.rest]: text.join(' ') }, isExact };
}

/** The beginning of BibTeX or JSON, in which nothing is an option. */
const ENTRIES = /^(?:@\p{L}+\s*[{(]|[[{])/u;

/** Sets options in the first line of a text that is otherwise kept as typed. */
function readKept(
  command: CommandShape,
  line: string,
): { readonly values: RawValues; readonly isExact: boolean } {
  const typed = line.trimStart();
  const { rest = '' } = command;
  const firstLine = /[\r\n]/.exec(typed)?.index ?? typed.length;
  const values: Record<string, string> = {};
  const words = cutWords(typed);
  let text = '';
  let from = 0;
  let isExact = false;
  for (const [i, word] of words.entries()) {
    if (word.at > firstLine || ENTRIES.test(word.raw)) break;
    if (word.at < from || word.kind !== 'pair') continue;
    const option = optionMeant(command, word);
    if (option === undefined) continue;
    if (word.unclosed) throw new UserError(unclosed(option));
    const next = word.value === undefined && option !== rest ? words[i + 1] : undefined;
    const value = next?.kind === 'text' ? (next.phrase ?? next.raw) : word.value;
    if (value === undefined && option !== rest)
      throw new UserError(`${option} needs a value. ${writeLike(command)}`);
    const more =
      value === undefined || option === rest
        ? []
        : furtherWords(command.options[option], value, words.slice(i + (next ? 2 : 1)), word.raw);
    const last = words[i + (next ? 1 : 0) + more.length] ?? word;
    text += typed.slice(from, word.at);
    from = last.at + last.raw.length;
    if (option === rest) {
      text += value ?? '';
      isExact ||= value !== undefined;
    } else if (Object.hasOwn(values, option)) {
      throw new UserError(`${option} is set twice. Remove one of them.`);
    } else values[option] = [value, ...more].join(' ');
  }
  text = `${text}${typed.slice(from)}`.trim();
  return { values: { ...values, ...(text !== '' && { [rest]: text }) }, isExact };
}

/**
 * The option that `name:` refers to, or `undefined` if it is part of the text, because titles contain colons
 * too.
 * @throws UserError if it is a misspelt option
 */
function optionMeant(command: CommandShape, word: PairWord): string | undefined {
  const names = Object.keys(command.options satisfies Options);
  const key = optionKey(word.name);
  const named = optionNamed(command, word.name);
  const isPlain = word.value !== undefined && !/^\/\//.test(word.value);
  // Other names are also words: “after: a study”.
  const exact = named !== undefined && (isPlain || isOwnName(command, named, word.name)) ? named : undefined;
  // Not misspelt options: "Data: a survey", a title with a space after the colon, and `arXiv:2401.01234`.
  if (exact !== undefined || word.value === undefined || key === 'arxiv' || key === 'doi') return exact;
  const near =
    nearest(word.name, names) ?? names.find((name) => key.length > 3 && name.split('_').includes(key));
  if (near === undefined) return undefined;
  // A slip in what changes nothing is forgiven.
  if (!command.changes && nearest(word.name, names) === near) return near;
  throw new UserError(`${fullName(command)} has no option ${word.name}. Did you mean ${near}:${word.value}?`);
}

function whyNoSecret(command: CommandShape, option: string): string {
  return `Never type a ${option} in a message. If it is still in use, make a new one. Then type ${command.examples[0]}, and enter it in the form that opens.`;
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
