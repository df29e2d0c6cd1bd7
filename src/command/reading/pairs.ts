/** Pairs of a name and a value in every spelling: `limit = 3`, `--limit 3`, `since:last month`. */
import { parsedOrNothing } from '../../base/errors.ts';
import { parseDays } from '../../time/days.ts';
import { type CommandShape, optionNamed, restOption } from '../catalogue.ts';
import type { Option } from '../define.ts';
import type { PairWord, Word } from '../words.ts';
import { findSaid } from './phrases.ts';

/** Words of a name after the first. */
const MOST_NAMES = 4;
/** Whether a text is a day does not depend on today. */
const ANY_DAY = new Date('2026-01-01T00:00:00Z');
const NAME_WORD = /^\p{Lu}[\p{L}\p{M}.'’\p{Pd}]*$/u;

/** Names of days in general: `year:2025` is said as “in 2025”. */
const DAY_NAMES = /^(?:date|year|years|month|published|when|during|time)$/i;
/** Names for what to leave out: `not:video`. */
const LEAVE_OUT = /^(?:not|exclude|excluding|without)$/i;

/** A pair that is no option but says one in words. */
export function wordsOfPair(command: CommandShape, { name, value }: PairWord): string | undefined {
  if (value === undefined) return undefined;
  const hasDays = Object.values(command.options).some(({ type }) => type === 'day');
  const isDay = () => parsedOrNothing(() => parseDays(value, ANY_DAY)) !== undefined;
  if (hasDays && DAY_NAMES.test(name) && (isDay() || /^\d{4}-\d{4}$/.test(value))) return `in ${value}`;
  const rest = restOption(command);
  const hasOperators = rest?.type === 'string' && rest.operators === true;
  return hasOperators && LEAVE_OUT.test(name) && /^[\p{L}\p{N}]+$/u.test(value) ? `-${value}` : undefined;
}

/** A lone sign between an option and its value: `sort : newest`. */
export function isSign({ kind, raw }: Word): boolean {
  return kind === 'text' && /^[:=：]$/u.test(raw);
}

/** `limit :3` is `limit:3`. */
export function joinSigns(command: CommandShape, words: readonly Word[]): Word[] {
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
export function asPair(command: CommandShape, word: Word, next: Word | undefined): Word {
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
export function joinedName(
  command: CommandShape,
  before: readonly string[],
  name: string,
): string | undefined {
  const word = before.at(-1);
  if (word === undefined || !/^\p{L}+$/u.test(word)) return undefined;
  return optionNamed(command, `${word}_${name}`);
}

/** The words after an unquoted value that belong to it: `since:last month`, `sort:newest first`. */
export function furtherWords(
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
export function isClearly(option: Option | undefined, value: string): boolean {
  if (option?.type === 'integer') return /^[>≥=]*\d+\+?$/.test(value);
  return option?.type === 'day' && isValueOf(option, value);
}

export function isValueOf(option: Option, value: string): boolean {
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
