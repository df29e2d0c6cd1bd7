/**
 * Reads the options that people say in the free text of a command, by the phrases of its record, and leaves
 * out words that mean nothing. The same text always means the same.
 */
import { UserError } from '../../base/errors.ts';
import { clip } from '../../chat/clip.ts';
import { type CommandShape, fullName } from '../catalogue.ts';
import type { DayOption, Option, RawValues } from '../define.ts';
import { namesPapers } from '../several-papers.ts';
import { findDays, type SaidDays } from './days.ts';
import {
  asList,
  protectQuotes,
  withExclusions,
  withoutCourtesy,
  withoutFillers,
  withoutOrders,
} from './fillers.ts';
import { namesPapersAnywhere, paperInQuestion, withoutPaperFillers } from './paper-words.ts';
import { findSaid, withoutPhrases } from './phrases.ts';

/** `on` is left of “top 3 papers on segmentation”. */
const LEFT_OVER = /^(?:papers? )?(?:on|about|regarding|for) (?=\S)/iu;

export interface ReadValues {
  readonly values: RawValues;
  /** The free text as it was typed, if something was read from it. */
  readonly asTyped?: string;
}

/** Characters. A longer text is a question or an abstract, in which nothing is an option. */
const LONGEST_SAID = 400;
/** Words of a request. */
const MOST_WORDS = 24;
const FEWEST_OF_STATEMENT = 6;
/** Characters of the text that an error quotes. */
const ECHO = 40;

export function readSaid(command: CommandShape, given: RawValues, now: Date): ReadValues {
  const values = withPaperApart(command, given);
  const { rest } = command;
  const option = rest === undefined ? undefined : command.options[rest];
  const typed = rest === undefined ? undefined : values[rest];
  if (rest === undefined || option?.type !== 'string' || typeof typed !== 'string') return { values };
  if (typed.length > LONGEST_SAID) return { values };
  if (option.keepsLines && namesPapersAnywhere(typed))
    return { values: readAround(command, values, rest, typed, now) };
  if (option.reads === 'paper') return { values: readPaper(command, values, rest, typed, now) };
  if (option.reads === 'plain') return { values: { ...values, [rest]: withoutCourtesy(typed) } };
  if (option.reads === 'question') return { values: readQuestion(command, values, rest, typed) };
  if (option.reads !== 'topic' || isProse(typed)) return { values };
  const { text, restore } = protectQuotes(typed);
  const asked = withoutPhrases(option, option.list ? withoutOrders(text) : text);
  const found = readSaidOptions(command.options, values, withoutFillers(asked, false, !option.list), now);
  if (command.changes) refuseUnclear(command, found);
  const words = withoutFillers(
    found.said.size > 0 ? found.text.replace(LEFT_OVER, '') : found.text,
    found.said.size > 0 || hasOthers(values, rest),
    !option.list,
  );
  const listed = option.list ? asList(withoutOrders(words)) : words;
  const left = tidy(restore(option.operators ? withExclusions(withoutPhrases(option, words)) : listed));
  if (command.textIsOptions && left !== '') throw new UserError(whyNotRead(command, left));
  if (found.said.size === 0 && left === tidy(typed)) return { values };
  const { [rest]: _, ...others } = values;
  const said = Object.fromEntries(found.said);
  return { values: { ...others, ...said, ...(left !== '' && { [rest]: left }) }, asTyped: typed };
}

const QUOTED_FIRST = /^["“„]([^"“”„]+)["”](?:[\s:,–—-]+|$)/u;
const WORD_FIRST = /^(\S+?)[:,]?(?:\s+(?:[–—-]\s+)?|$)/u;
/** `to 2406.01574: …`, `on the paper 2406.01574 …`. */
const LEAD_TO_PAPER = /^(?:(?:to|on|for|about)\s+)?(?:(?:the\s+)?paper\s+)?(?=\S)/iu;

/** Takes the paper from the beginning of the free text, if it is surely one, or in quotes. */
export function withPaperApart(command: CommandShape, values: RawValues): RawValues {
  const { paperFirst, rest = '' } = command;
  const typed = values[rest];
  if (paperFirst === undefined || typeof typed !== 'string' || Object.hasOwn(values, paperFirst))
    return values;
  const option = command.options[paperFirst];
  const isSurely = (text: string) => option?.type === 'string' && option.isSurely?.(text) === true;
  const text = typed.trim().replace(LEAD_TO_PAPER, '');
  const quoted = QUOTED_FIRST.exec(text);
  const word = WORD_FIRST.exec(text);
  const found = quoted ?? (word && isSurely(word[1] ?? '') ? word : undefined);
  if (!found) return values;
  const { [rest]: _, ...others } = values;
  const left = text.slice(found[0].length).trim();
  return { ...others, [paperFirst]: found[1] ?? '', ...(left !== '' && { [rest]: left }) };
}

/** @throws UserError if an option is said twice or unclearly, because nothing changes on a guess */
function refuseUnclear(command: CommandShape, { text, said }: Found): void {
  for (const [name, value] of said) {
    const option = command.options[name];
    const other = option && findSaid(option, text);
    if (other && other.value !== value) {
      throw new UserError(`${name} is set twice: ${value} and ${other.value}. Remove one of them.`);
    }
  }
  for (const [name, option] of Object.entries(command.options)) {
    const unread = option.unread?.map((form) => new RegExp(form, 'iu').exec(text)?.[0]).find(Boolean);
    if (unread !== undefined) {
      const { description } = option;
      throw new UserError(
        `${name}: “${clip(unread.trim(), ECHO)}” is not clear. ${description}. Put the words of a topic in quotes.`,
      );
    }
  }
}

function whyNotRead(command: CommandShape, left: string): string {
  const shown = clip(left, ECHO);
  return `${fullName(command)} does not understand “${shown}”. For example: ${command.examples[0]}`;
}

/** A statement or an abstract: “Incidence of sepsis has fallen from 2009 to 2014.” */
function isProse(text: string): boolean {
  const words = text.trim().split(/\s+/u);
  return (
    words.length > MOST_WORDS || (words.length >= FEWEST_OF_STATEMENT && /[^.]\.["”’)]?\s*$/u.test(text))
  );
}

/** Options that are said around ids in one line. None of them is a day. */
function readAround(
  { options }: CommandShape,
  values: RawValues,
  rest: string,
  typed: string,
  now: Date,
): RawValues {
  if (/[\r\n]/.test(typed)) return values;
  const others = Object.entries(options).filter(([name, { type }]) => name !== rest && type !== 'day');
  const { text, said } = readSaidOptions(Object.fromEntries(others), values, typed, now);
  return said.size === 0 ? values : { ...values, ...Object.fromEntries(said), [rest]: text };
}

/** The name of a paper, with options after it: `2406.01574 in one line`. */
function readPaper(
  { options }: CommandShape,
  values: RawValues,
  rest: string,
  typed: string,
  now: Date,
): RawValues {
  const option = options[rest];
  const others = Object.entries(options).filter(([name]) => name !== rest);
  const isPapers = (text: string) => option?.type === 'string' && namesPapers(option, text);
  const all = readBesidePapers(Object.fromEntries(others), values, typed, now, isPapers);
  // In a title, “by” and “since” are words.
  const isTitle = option?.type === 'string' && option.together === true && !isPapers(all.text);
  if (isTitle && isProse(typed)) return { ...values, [rest]: typed };
  const numbers = others.filter(([, { type }]) => type === 'integer');
  const found = isTitle ? readSaidOptions(Object.fromEntries(numbers), values, typed, now) : all;
  const name = found.text === '' ? typed : found.text;
  const said = found.text === '' ? {} : Object.fromEntries(found.said);
  return { ...values, ...said, [rest]: withoutPaperFillers(name) };
}

/** `by hinton` in lower case, which only ids before it show to be an author. */
const BY_SOMEONE = /\s+by\s+(\p{L}[\p{L}.'’-]*(?:\s+\p{L}[\p{L}.'’-]*){0,2})$/u;

/** Reads the options that are said behind the names of papers. */
export function readBesidePapers(
  options: CommandShape['options'],
  given: RawValues,
  typed: string,
  now: Date,
  isPapers: (text: string) => boolean,
): Found {
  const found = readSaidOptions(options, given, typed, now);
  const [by, name] = BY_SOMEONE.exec(found.text) ?? [];
  const isFree = options['author'] !== undefined && !Object.hasOwn(given, 'author');
  if (by === undefined || name === undefined || !isFree || found.said.has('author')) return found;
  const text = found.text.slice(0, -by.length);
  return isPapers(text) ? { text, said: new Map([...found.said, ['author', name]]) } : found;
}

/** A question that names a paper is about that paper. */
function readQuestion(command: CommandShape, values: RawValues, rest: string, typed: string): RawValues {
  const [option] = Object.entries(command.options).find(([, { complete }]) => complete === 'paper') ?? [];
  if (option === undefined || Object.hasOwn(values, option)) return values;
  const found = paperInQuestion(typed);
  return found ? { ...values, [rest]: found.question, [option]: found.paper } : values;
}

interface Found {
  readonly text: string;
  readonly said: ReadonlyMap<string, string>;
}

/** Reads the options that a text says, in days and in the phrases of their records. */
export function readSaidOptions(
  options: CommandShape['options'],
  given: RawValues,
  typed: string,
  now: Date,
  mayBeAll = false,
): Found {
  const said = new Map<string, string>();
  const isFree = (name: string) => !Object.hasOwn(given, name) && !said.has(name);
  let text = typed;
  const take = ({ start, end }: { start: number; end: number }) => {
    text = `${text.slice(0, start)} ${text.slice(end)}`.replace(/\s+/gu, ' ').trim();
  };

  const days = readDays(options, isFree, text, now);
  if (days) {
    for (const [name, value] of days.values) said.set(name, value);
    take(days.found);
  }
  // Twice, because a phrase at an edge may stand behind another one.
  for (const [name, option] of [...Object.entries(options), ...Object.entries(options)]) {
    const { saidWith } = option;
    if (!isFree(name) || (saidWith !== undefined && isFree(saidWith))) continue;
    const found = findSaid(option, text);
    if (!found || (!mayBeAll && leavesNothing(option, text, found, said))) continue;
    said.set(name, isListOption(option) ? found.value.replace(/\s+(?:and|or)\s+/giu, ', ') : found.value);
    take(found);
  }
  return { text, said };
}

function isListOption(option: Option): boolean {
  return option.type === 'string' && option.list === true;
}

/** A text that is nothing but an author or a category is one; a bare `newest` is a word. */
function leavesNothing(
  option: Option,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  said: ReadonlyMap<string, string>,
): boolean {
  const isAll = `${text.slice(0, start)}${text.slice(end)}`.trim() === '';
  return isAll && option.type === 'choice' && option.standsAlone !== true && said.size === 0;
}

function readDays(
  options: CommandShape['options'],
  isFree: (name: string) => boolean,
  text: string,
  now: Date,
): { readonly found: SaidDays; readonly values: ReadonlyMap<string, string> } | undefined {
  const named = Object.entries(options).filter(
    (entry): entry is [string, DayOption] => entry[1].type === 'day',
  );
  if (named.length === 0) return undefined;
  const found = findDays(text, now);
  if (!found) return undefined;
  const [period] = named.filter(([, { length }]) => length !== undefined);
  if (period) return readPeriod(period, options, isFree, found);
  const values = new Map<string, string>();
  for (const [edge, day] of [
    ['start', found.since],
    ['end', found.until],
  ] as const) {
    if (day === undefined) continue;
    const [name] = named.find(([, option]) => option.edge === edge) ?? [];
    // Half of what was said would be another search.
    if (name === undefined || !isFree(name)) return undefined;
    values.set(name, day);
  }
  return { found, values };
}

/** A list of one day, week or month. */
function readPeriod(
  [name, { length = '' }]: [string, DayOption],
  options: CommandShape['options'],
  isFree: (name: string) => boolean,
  found: SaidDays,
) {
  const periods = options[length];
  const isChoice = periods?.type === 'choice' && periods.choices.includes(found.unit);
  // The latest list may be older than this week.
  const isNamed =
    found.since !== undefined &&
    !/^(?:the )?(?:(?:last|past|previous) \S+ \S+|(?:this|past) \S+)$/i.test(found.text);
  if (!isChoice || !isNamed || !isFree(name)) return undefined;
  // A week has no other name than what was typed.
  const day = found.since ?? found.text;
  const text = { day, week: found.text, month: day.slice(0, 7), year: found.text }[found.unit];
  return { found, values: new Map([[name, text]]) };
}

function hasOthers(values: RawValues, rest: string): boolean {
  return Object.keys(values).some((name) => name !== rest);
}

function tidy(text: string): string {
  return text
    .replace(/[([]\s*[)\]]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,;:]+|[\s,;]+$/gu, '');
}
