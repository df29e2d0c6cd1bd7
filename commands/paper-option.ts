/** The option that names a paper. */
import type { StringOption } from '../src/command/define.ts';

export const PAPER = {
  type: 'string',
  description: 'An arXiv id, a link, or words of the title',
  required: true,
  maxLength: 300,
  complete: 'paper',
} as const satisfies StringOption;
