/** Splits authors as arXiv writes them in one text. Pure. */

import { withoutMarks } from '../../../text/author-marks.ts';

/** The innermost brackets, which hold affiliations and notes. */
const ASIDE = /\([^()]*\)/g;
/** Brackets within brackets; a hostile text could have a million. */
const MOST_NESTED = 4;

/**
 * Splits "Ada Example, Bo Sample (Example Org), Cy Test, Jr." into three names. Collaborations and names
 * between `and` are split by `toCredits`.
 */
export function splitAuthors(text: string): string[] {
  let names = text;
  for (let depth = 0; depth < MOST_NESTED && names.includes('('); depth++) names = names.replace(ASIDE, ' ');
  return withoutMarks(names)
    .replace(/,\s*((?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)/g, ' $1')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
