/** Describes a search and its filters for the heading. */

import { counted } from '../../src/cards/counts.ts';
import { spanInWords } from '../../src/cards/dates.ts';
import type { SearchFilter, Sort } from '../../src/search/search.ts';

const ORDER: Record<Sort, string> = {
  relevance: '',
  newest: ', newest first',
  votes: ', most votes first',
};

/**
 * ` for “experts” by Hinton in cs.LG, since January 2026, with at least 10 votes`, to append to a noun.
 * Begins with a space; `''` without filters.
 * @param subject the words that were searched for, as in `for “experts”`
 */
export function filterWords(filter: SearchFilter, subject = ''): string {
  const { since, until, category, author, minVotes } = filter;
  const near = [subject, author && `by ${author}`, category && `in ${category}`].filter(Boolean).join(' ');
  const far = [spanInWords(since, until), minVotes && `with at least ${counted(minVotes, 'vote')}`];
  const words = [near, ...far].filter(Boolean).join(', ');
  return words === '' ? '' : ` ${words}`;
}

/** `, newest first`; `''` for the default order. */
export function orderWords(sort: Sort): string {
  return ORDER[sort];
}
