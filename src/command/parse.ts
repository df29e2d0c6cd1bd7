/** Parses a typed line into a command and the raw values of its options. */

import { parsedOrNothing, UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { parseDays } from '../time/days.ts';
import {
  type Catalogue,
  type CommandShape,
  fullName,
  isList,
  isOwnName,
  nearest,
  optionKey,
  optionNamed,
  restOption,
} from './catalogue.ts';
import type { Option, Options, RawValues } from './define.ts';
import { findSaid } from './reading/phrases.ts';
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
/** Words of a name after the first. */
const MOST_NAMES = 4;
/** Whether a text is a day does not depend on today. */
const ANY_DAY = new Date('2026-01-01T00:00:00Z');
const NAME_WORD = /^\p{Lu}[\p{L}\p{M}.'’\p{Pd}]*$/u;

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
  return { command, ...readValues(command, cutWords(rest)) };
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

/** Names of days in general: `year:2025` is said as “in 2025”. */
const DAY_NAMES = /^(?:date|year|years|month|published|when|during|time)$/i;
/** Names for what to leave out: `not:video`. */
const LEAVE_OUT = /^(?:not|exclude|excluding|without)$/i;

/** A pair that is no option but says one in words. */
function wordsOfPair(command: CommandShape, { name, value }: PairWord): string | undefined {
  if (value === undefined) return undefined;
  const hasDays = Object.values(command.options).some(({ type }) => type === 'day');
  const isDay = () => parsedOrNothing(() => parseDays(value, ANY_DAY)) !== undefined;
  if (hasDays && DAY_NAMES.test(name) && (isDay() || /^\d{4}-\d{4}$/.test(value))) return `in ${value}`;
  const rest = restOption(command);
  const hasOperators = rest?.type === 'string' && rest.operators === true;
  return hasOperators && LEAVE_OUT.test(name) && /^[\p{L}\p{N}]+$/u.test(value) ? `-${value}` : undefined;
}

/** A lone sign between an option and its value: `sort : newest`. */
function isSign({ kind, raw }: Word): boolean {
  return kind === 'text' && /^[:=：]$/u.test(raw);
}

/** `limit :3` is `limit:3`. */
function joinSigns(command: CommandShape, words: readonly Word[]): Word[] {
  return words.flatMap((word, at): Word[] => {
    const next = words[at + 1];
    const [, value] = next?.kind === 'text' ? (/^[:=：](\S+)$/u.exec(next.raw) ?? []) : [];
    if (word.kind === 'text' && value !== undefined && optionNamed(command, word.raw) !== undefined) {
      return [{ kind: 'pair', at: word.at, raw: `${word.raw}:${value}`, name: word.raw, value }];
    }
    const before = words[at - 1];
    const isTaken =
      word.kind === 'text' &&
      /^[:=：]\S+$/u.test(word.raw) &&
      before?.kind === 'text' &&
      optionNamed(command, before.raw) !== undefined;
    return isTaken ? [] : [word];
  });
}

/** `limit=3`, `limit = 3` and `--limit 3` set an option if the command has one of that name. */
function asPair(command: CommandShape, word: Word, next: Word | undefined): Word {
  if (word.kind === 'pair' || word.phrase !== undefined) return word;
  if (next && isSign(next) && optionNamed(command, word.raw) !== undefined) {
    return { kind: 'pair', at: word.at, raw: word.raw, name: word.raw };
  }
  const [, single] = /^-([\p{L}_]+)$/u.exec(word.raw) ?? [];
  const numbered = single === undefined ? undefined : optionNamed(command, single);
  if (
    numbered !== undefined &&
    command.options[numbered]?.type === 'integer' &&
    /^\d+$/.test(next?.raw ?? '')
  ) {
    return { kind: 'pair', at: word.at, raw: word.raw, name: numbered };
  }
  const [, dashed, name = dashed, value] =
    /^(?:(?:--|—)([\p{L}][\p{L}_-]*)|([\p{L}][\p{L}_-]*)=(\S+))$/u.exec(word.raw) ?? [];
  if (name === undefined || optionNamed(command, name) === undefined) return word;
  return { kind: 'pair', at: word.at, raw: word.raw, name, ...(value !== undefined && { value }) };
}

/** `min votes:20` sets `min_votes`. */
function joinedName(command: CommandShape, before: readonly string[], name: string): string | undefined {
  const word = before.at(-1);
  if (word === undefined || !/^\p{L}+$/u.test(word)) return undefined;
  return optionNamed(command, `${word}_${name}`);
}

/** The words after an unquoted value that belong to it: `since:last month`, `sort:newest first`. */
function furtherWords(
  option: Option | undefined,
  first: string,
  following: readonly Word[],
  raw = first,
): string[] {
  if (option === undefined || /["“”„«'‘’]/u.test(raw)) return [];
  if (option.complete === 'author') return furtherNames(first, following, raw);
  if (option.type !== 'day' && option.type !== 'choice') return [];
  const end = following.findIndex(({ kind }) => kind !== 'text');
  const words = following
    .slice(0, Math.min(MOST_NAMES, end < 0 ? following.length : end))
    .map((each) => each.raw);
  for (let count = words.length; count > 0; count--) {
    const value = [first, ...words.slice(0, count)].join(' ');
    if (isValueOf(option, value)) return words.slice(0, count);
  }
  return [];
}

/** True for a day or a number where the option takes one. */
function isClearly(option: Option | undefined, value: string): boolean {
  if (option?.type === 'integer') return /^[>≥=]*\d+\+?$/.test(value);
  return option?.type === 'day' && isValueOf(option, value);
}

function isValueOf(option: Option, value: string): boolean {
  if (option.type === 'day') return parsedOrNothing(() => parseDays(value, ANY_DAY)) !== undefined;
  const said = findSaid(option, value);
  return said !== undefined && said.start === 0 && said.end === value.length;
}

/** `author:Linfeng Zhang`: the words of a name after the first, which has no quotes. */
function furtherNames(first: string, following: readonly Word[], raw = first): string[] {
  if (/["“”„«'‘’]/u.test(raw) || !/^\p{Lu}/u.test(first)) return [];
  const end = following.findIndex(({ kind, raw }) => kind !== 'text' || !NAME_WORD.test(raw));
  return following.slice(0, Math.min(MOST_NAMES, end < 0 ? following.length : end)).map(({ raw }) => raw);
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
