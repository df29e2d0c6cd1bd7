/** The options that every list has. */
import type { IntegerOption } from '../src/command/define.ts';

export const PAGE = {
  type: 'integer',
  description: 'Which page of the list',
  min: 1,
  max: 1000,
  default: 1,
} as const satisfies IntegerOption;

export const LIMIT = {
  type: 'integer',
  description: 'How many papers on a page',
  min: 1,
  max: 10,
  default: 5,
} as const satisfies IntegerOption;
