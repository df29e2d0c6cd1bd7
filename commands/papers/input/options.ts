/** Options that several commands share, so that they have the same names and limits. */
import type { ChoiceOption, DayOption, IntegerOption, StringOption } from '../../../src/command/define.ts';

export const PAPER = {
  type: 'string',
  description: 'An arXiv ID, a link, or words from the title',
  required: true,
  maxLength: 300,
  complete: 'paper',
} as const satisfies StringOption;

export const LEVEL = {
  type: 'choice',
  description: 'One line, a few points, or an explanation for newcomers to the field',
  choices: ['line', 'short', 'newcomers'],
  default: 'short',
} as const satisfies ChoiceOption;

export const CATEGORY = {
  type: 'string',
  description: 'arXiv category such as cs.LG, or cs for all of computer science',
  maxLength: 30,
  complete: 'category',
} as const satisfies StringOption;

export const SINCE = {
  type: 'day',
  description: 'Published on this day or later',
  edge: 'start',
} as const satisfies DayOption;

export const MIN_VOTES = {
  type: 'integer',
  description: 'Minimum number of Hugging Face votes',
  min: 1,
} as const satisfies IntegerOption;

export const LIMIT = {
  type: 'integer',
  description: 'Papers per page',
  min: 1,
  max: 10,
  default: 5,
} as const satisfies IntegerOption;

export const PAGE = {
  type: 'integer',
  description: 'Page of the list',
  min: 1,
  max: 1000,
  default: 1,
  input: 'none',
} as const satisfies IntegerOption;
