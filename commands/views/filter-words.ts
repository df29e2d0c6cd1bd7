/** What a search was limited to, in the words of its heading. */
import type { SearchFilter, Sort } from '../../src/search/port.ts';
import { counted } from './counts.ts';
import { spanInWords } from './dates.ts';

const ORDER: Record<Sort, string> = {
  relevance: '',
  newest: 'newest first',
  votes: 'most votes first',
};

/** ` by Hinton in cs.LG, since January 2026, with at least 10 votes`, to stand behind a noun; `''` without a filter. */
export function filterWords(filter: SearchFilter): string {
  const { since, until, category, author, minVotes } = filter;
  const near = [author && ` by ${author}`, category && ` in ${category}`];
  const far = [spanInWords(since, until), minVotes && `with at least ${counted(minVotes, 'vote')}`];
  return (
    near.filter(Boolean).join('') +
    far
      .filter(Boolean)
      .map((words) => `, ${words}`)
      .join('')
  );
}

/** `, newest first`; `''` for the order that people expect. */
export function orderWords(sort: Sort): string {
  return sort === 'relevance' ? '' : `, ${ORDER[sort]}`;
}
