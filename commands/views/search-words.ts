/** Describes a search and its filters for the heading, and how its results were found. */

import { counted } from '../../src/cards/counts.ts';
import { spanInWords } from '../../src/cards/dates.ts';
import type { SearchFilter, SearchPage, Sort, Why } from '../../src/search/search.ts';

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

/** `words: world, models · close in meaning` */
export function whyWords({ words, semantic }: Why): string {
  const found = [
    ...(words.length > 0 ? [`words: ${words.join(', ')}`] : []),
    ...(semantic || words.length === 0 ? ['close in meaning'] : []),
  ];
  return found.join(' · ');
}

/** For the footer; `''` if no embedder is set up. */
export function semanticNote(semantic: SearchPage['semantic']): string {
  switch (semantic) {
    case 'used':
      return 'by meaning and words';
    case 'missing':
      return 'by words only, as search by meaning is unavailable';
    case 'none':
      return '';
  }
}
