/** What a search was for and limited to, in the words of its heading. */

import { counted } from '../../src/cards/counts.ts';
import { spanInWords } from '../../src/cards/dates.ts';
import type { SearchFilter, Sort } from '../../src/search/search.ts';

const ORDER: Record<Sort, string> = {
  relevance: '',
  newest: ', newest first',
  votes: ', most votes first',
};

/**
 * ` for “experts” by Hinton in cs.LG, since January 2026, with at least 10 votes`: stands behind a noun, with a space
 * of its own. `''` without anything to say.
 * @param subject what was searched for, as in `for “experts”`
 */
export function filterWords(filter: SearchFilter, subject = ''): string {
  const { since, until, category, author, minVotes } = filter;
  const near = [subject, author && `by ${author}`, category && `in ${category}`].filter(Boolean).join(' ');
  const far = [spanInWords(since, until), minVotes && `with at least ${counted(minVotes, 'vote')}`];
  const words = [near, ...far].filter(Boolean).join(', ');
  return words === '' ? '' : ` ${words}`;
}

/** `, newest first`; `''` for the order that people expect. */
export function orderWords(sort: Sort): string {
  return ORDER[sort];
}
