/** Converts raw values, typed by a person or sent by a platform, to the arguments that a command declares. */

import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { parseDay, parseDays } from '../time/days.ts';
import { type CommandShape, fullName, nearest, optionNamed } from './catalogue.ts';
import type { ChoiceOption, IntegerOption, Option, RawValues, StringOption } from './define.ts';
import { findSaid, numberIn } from './reading/phrases.ts';
import { optionExample } from './usage.ts';

/** Characters of a person's text that an error quotes. */
const ECHO = 40;
const WHOLE_NUMBER = /^[+-]?\d{1,15}$/;

/**
 * Arguments for `run`: every value has its declared type and is within its bounds; defaults are filled in.
 * @throws UserError for the first value that does not fit
 */
export function validate(
  command: CommandShape,
  raw: RawValues,
  now: Date,
): Readonly<Record<string, string | number>> {
  const values = underPresentNames(command, raw);
  const args: Record<string, string | number> = {};
  for (const [name, option] of Object.entries(command.options)) {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    const value = given === undefined || String(given).trim() === '' ? undefined : given;
    if (value !== undefined) args[name] = readValue(name, option, value, { now, isSafe: !command.changes });
    else if ('default' in option) args[name] = lengthNamed(command, values, name, now) ?? option.default;
    else if (option.required) throw new UserError(whyNeeded(command, name));
  }
  return args;
}

/**
 * Accepts former names, as a platform may have an older registration.
 * @throws UserError for an unknown option
 */
function underPresentNames(command: CommandShape, values: RawValues): RawValues {
  return Object.fromEntries(
    Object.entries(values).map(([typed, value]) => {
      const name = optionNamed(command, typed);
      if (name === undefined) throw new UserError(`${fullName(command)} has no option ${clip(typed, ECHO)}.`);
      return [name, value];
    }),
  );
}

/** The period that a day's text implies when that option was left out: `date:2026-W09` means a week. */
function lengthNamed(command: CommandShape, values: RawValues, name: string, now: Date): string | undefined {
  const option = command.options[name];
  const [day] = Object.entries(command.options).find(
    ([, each]) => each.type === 'day' && each.length === name,
  ) ?? [undefined];
  const said = day === undefined ? undefined : values[day];
  if (said === undefined || option?.type !== 'choice' || String(said).trim() === '') return undefined;
  const { unit } = parseDays(plainWord(said), now);
  return option.choices.includes(unit) ? unit : undefined;
}

function readValue(
  name: string,
  option: Option,
  value: string | number,
  { now, isSafe }: { readonly now: Date; readonly isSafe: boolean },
): string | number {
  switch (option.type) {
    case 'string':
      return readString(name, option, String(value).trim());
    case 'integer':
      return readInteger(name, option, plainWord(value));
    case 'choice':
      return readChoice(name, option, plainWord(value), isSafe);
    case 'day':
      return parseDay(plainWord(value), option.edge, now);
  }
}

function readString(name: string, option: StringOption, text: string): string {
  if (option.maxLength === undefined || text.length <= option.maxLength) return text;
  throw new UserError(`${name} must have at most ${option.maxLength} characters (got ${text.length}).`);
}

/** `>=20`, `≥ 20`, `20+`. */
const AT_LEAST = /^(?:>=?|≥|=)\s*(?=\d)|(?<=\d)\+$/gu;

function readInteger(name: string, option: IntegerOption, typed: string): number {
  const { min, max } = option;
  const text = numberIn(typed.replace(AT_LEAST, ''));
  if (!WHOLE_NUMBER.test(text)) {
    const example = optionExample(name, option);
    throw new UserError(
      `${name} must be a whole number (got “${clip(text, ECHO)}”). For example: ${example}`,
    );
  }
  const value = Number(text);
  const tooFew = min !== undefined && value < min;
  if (!tooFew && (max === undefined || value <= max)) return value;
  const bound = tooFew ? `at least ${min}` : `at most ${max}`;
  const allowed = min !== undefined && max !== undefined ? `between ${min} and ${max}` : bound;
  throw new UserError(`${name} must be ${allowed} (got ${value}).`);
}

/** @param isSafe true where a guess at a misspelt choice changes nothing */
function readChoice(name: string, option: ChoiceOption, text: string, isSafe: boolean): string {
  const lower = text.toLowerCase();
  const exact = option.choices.find((choice) => choice.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const [said] = Object.entries(option.synonyms ?? {}).find(([, words]) => words?.includes(lower)) ?? [];
  if (said !== undefined) return said;
  const phrase = findSaid(option, text);
  if (phrase) return phrase.value;
  const near = nearest(lower, option.choices);
  if (near !== undefined && isSafe) return near;
  const mend = near === undefined ? `Choose one of: ${option.choices.join(', ')}.` : `Did you mean ${near}?`;
  throw new UserError(`${name} cannot be “${clip(text, ECHO)}”. ${mend}`);
}

/** Normalises a number, choice or day: full-width digits, long dashes, surrounding quotes. */
function plainWord(value: string | number): string {
  return String(value)
    .slice(0, 1000)
    .normalize('NFKC')
    .replace(/\p{Pd}|−/gu, '-')
    .replace(/^["'“”„«]+|["'“”‟»]+$/gu, '')
    .trim();
}

function whyNeeded(command: CommandShape, name: string): string {
  const one = name.endsWith('s') ? '' : `${article(name)} `;
  return `${fullName(command)} needs ${one}${name.replaceAll('_', ' ')}, for example: ${command.examples[0]}`;
}

function article(name: string): string {
  return /^[aeiou]/i.test(name) ? 'an' : 'a';
}
