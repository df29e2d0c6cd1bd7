/** Converts options of a command to form inputs, and reads their values. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { clip } from '../../../chat/clip.ts';
import type { Suggestion } from '../../../chat/handlers.ts';
import { isSecretOption } from '../../../command/catalogue.ts';
import type { Completion, IntegerOption, Option, StringOption } from '../../../command/define.ts';
import {
  INPUT_HINT,
  INPUT_LABEL,
  INPUT_LENGTH,
  OPTION_TEXT,
  OPTION_VALUE,
  SELECT_OPTIONS,
} from './limits.ts';
import { plainText, toPlain } from './markup.ts';

/** Id of the element in each block; the block id is the option's name. */
export const INPUT_ID = 'input';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Completions that also accept unknown values, such as a paper that is not stored yet, or a new tag. */
const OPEN: ReadonlySet<Completion> = new Set(['paper', 'category', 'author', 'tag']);
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Returns `undefined` for an option without a form input. */
export function toInput(
  name: string,
  option: Option,
  given: string | undefined,
): types.InputBlock | undefined {
  if (option.input === 'none') return undefined;
  const start = given ?? ('default' in option ? String(option.default) : undefined);
  const mayBeEmptied = given === undefined || (option.type === 'string' && option.list === true);
  return {
    type: 'input',
    block_id: name,
    label: plainText(toPlain([labelOf(name)], INPUT_LABEL)),
    hint: plainText(toPlain([option.description], INPUT_HINT)),
    optional: option.required !== true && !isSecretOption(option) && mayBeEmptied,
    element: elementOf(option, start),
  };
}

/** Converts the state of an input to an option's value; `''` when empty. */
export function textIn(state: unknown): string {
  const read = STATE.safeParse(state);
  if (!read.success) return '';
  const { value, selected_date, selected_time, selected_option, selected_options } = read.data;
  const several = selected_options?.map((each) => each.value).join(',');
  return (value ?? selected_date ?? selected_time ?? selected_option?.value ?? several ?? '').trim();
}

/** Returns the initial value of an input. */
export function textAtFirst(element: unknown): string {
  const read = BEGINNING.safeParse(element);
  if (!read.success) return '';
  const { initial_value, initial_date, initial_time, initial_option, initial_options } = read.data;
  return textIn({
    value: initial_value,
    selected_date: initial_date,
    selected_time: initial_time,
    selected_option: initial_option,
    selected_options: initial_options,
  });
}

/** Builds the options of an external select. Includes the typed text if the option accepts new values. */
export function toSelectOptions(
  option: Option | undefined,
  typed: string,
  found: readonly Suggestion[],
): types.PlainTextOption[] {
  const own = toPlain([typed], OPTION_VALUE + 1);
  const isOpen = option?.complete !== undefined && OPEN.has(option.complete);
  const isNew = own !== '' && !found.some(({ value }) => value === own);
  const offered = [...(isOpen && isNew ? [{ label: own, value: own }] : []), ...found];
  return offered
    .map(({ label, value }) => toOption(label, value))
    .filter(({ text, value }) => text.text !== '' && value !== '' && value.length <= OPTION_VALUE)
    .slice(0, SELECT_OPTIONS);
}

function elementOf(option: Option, start: string | undefined): types.InputBlockElement {
  const named = { action_id: INPUT_ID };
  switch (option.type) {
    case 'choice':
      return {
        ...named,
        type: 'static_select',
        options: option.choices.map((choice) => toOption(choice, choice)),
        ...(start !== undefined &&
          option.choices.includes(start) && { initial_option: toOption(start, start) }),
      };
    case 'day':
      return {
        ...named,
        type: 'datepicker',
        ...(start !== undefined && DAY.test(start) && { initial_date: start }),
      };
    case 'integer':
      return { ...named, type: 'number_input', is_decimal_allowed: false, ...bounds(option, start) };
    case 'string':
      return { ...named, ...textElement(option, start) };
  }
}

function textElement(option: StringOption, start: string | undefined): types.InputBlockElement {
  if (option.input === 'time') {
    return { type: 'timepicker', ...(start !== undefined && CLOCK.test(start) && { initial_time: start }) };
  }
  if (option.input === 'weekdays') return weekdaysSelect(start);
  // A select has one value, so lists use a text input.
  if (option.complete !== undefined && option.list !== true) {
    const fits = start !== undefined && start !== '' && start.length <= OPTION_VALUE;
    return {
      type: 'external_select',
      min_query_length: 0,
      ...(fits && { initial_option: toOption(start, start) }),
    };
  }
  const length = Math.min(option.maxLength ?? INPUT_LENGTH, INPUT_LENGTH);
  return {
    type: 'plain_text_input',
    max_length: length,
    multiline: option.list === true || option.input === 'paragraph',
    ...(start !== undefined && start !== '' && { initial_value: clip(start, length) }),
  };
}

/** @param start comma-separated names of days */
function weekdaysSelect(start = ''): types.InputBlockElement {
  const options = WEEKDAYS.map((day) => toOption(day, day.slice(0, 3).toLowerCase()));
  const begun = start.toLowerCase().split(',');
  const initial = options.filter(({ value }) => begun.some((day) => day.trim().startsWith(value)));
  return { type: 'multi_static_select', options, ...(initial.length > 0 && { initial_options: initial }) };
}

function bounds({ min, max }: IntegerOption, start: string | undefined) {
  return {
    ...(min !== undefined && { min_value: String(min) }),
    ...(max !== undefined && { max_value: String(max) }),
    ...(start !== undefined && { initial_value: start }),
  };
}

function toOption(label: string, value: string): types.PlainTextOption & { readonly value: string } {
  return { text: plainText(toPlain([label], OPTION_TEXT)), value };
}

/** `min_votes` becomes "Min votes". */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const CHOSEN = z.object({ value: z.string() });
const STATE = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: CHOSEN.nullish(),
  selected_options: z.array(CHOSEN).nullish(),
});
const BEGINNING = z.object({
  initial_value: z.string().nullish(),
  initial_date: z.string().nullish(),
  initial_time: z.string().nullish(),
  initial_option: CHOSEN.nullish(),
  initial_options: z.array(CHOSEN).nullish(),
});
