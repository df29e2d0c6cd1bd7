/** Which FTS5 expressions find the candidates for a query: the strictest first, the next when it found too little. */

import { LONG_QUERY, type QueryWord, type TextQuery, toMatch, toStrictMatch } from '../query/query.ts';
import type { Sort } from '../search.ts';
import type { TermStore } from './term-store.ts';

export interface QueryStep {
  readonly match: string;
  /** Which of the matching papers become candidates. */
  readonly order: Sort;
}

export interface Plan {
  readonly steps: readonly QueryStep[];
  /** The next step is taken while there are fewer candidates. */
  readonly enough: number;
}

/** Below this two or three words that never meet in one paper are looked for one by one. */
const ENOUGH = 10;
export const FEW_WORDS = 3;

/**
 * FTS5 reads the list of papers of each word that it looks for, and scores all papers in them: the rarest words find
 * what is wanted, common ones find everything and cost most of the time. Words are looked for while their lists have
 * no more entries than this part of all papers, and the rarest ones in any case. All words count in the scores.
 */
const ENTRIES_READ = 0.6;
/** A long query is like other texts in its common words as well. */
const ENTRIES_READ_FOR_LONG = 4;
/** Entries that are read within some tens of milliseconds, however many papers there are. */
const MOST_FOR_LONG = 300_000;
const KEPT_WHATEVER = 6;
const MAX_WORDS = { short: LONG_QUERY, long: 100 } as const;

/** @param query with a word or a phrase at least */
export function planSteps(query: TextQuery, sort: Sort, terms: TermStore): Plan {
  const { words, compounds, phrases, units } = query;
  const rare = rarestWords(words, terms);
  const joined = compounds.filter(({ stem }) => terms.papersWith(stem) > 0);
  const any: QueryStep = { match: toMatch(query, [...rare, ...joined]), order: 'relevance' };
  if (phrases.length > 0) {
    const phrasesAlone: QueryStep = { match: toMatch(query, []), order: sort };
    return {
      steps: words.length > 0 && sort === 'relevance' ? [any, phrasesAlone] : [phrasesAlone],
      enough: ENOUGH,
    };
  }
  const isOneWord = units.length === 1 && units[0]?.isPlain === true;
  const all: QueryStep = {
    match: toStrictMatch({ ...query, units: units.slice(0, MAX_WORDS.short) }),
    order: sort,
  };
  // The newest of all papers that hold any one word would be papers about something else.
  if (sort !== 'relevance') return { steps: isOneWord ? [all] : [all, any], enough: 1 };
  return { steps: units.length <= FEW_WORDS && !isOneWord ? [all, any] : [any], enough: ENOUGH };
}

/** What no paper is known to hold costs nothing to look for, and FTS5 may know it by another stem. */
function rarestWords(words: readonly QueryWord[], terms: TermStore): QueryWord[] {
  const isLong = words.length > LONG_QUERY;
  const papers = terms.papers();
  const forLong = isLong ? Math.min(papers * ENTRIES_READ_FOR_LONG, MOST_FOR_LONG) : 0;
  const limit = Math.max(papers * ENTRIES_READ, forLong);
  const counted = words.map((word) => ({ word, papers: terms.papersWith(word.stem) }));
  const known = counted.filter(({ papers }) => papers > 0).sort((a, b) => a.papers - b.papers);
  let entries = 0;
  const kept = known.filter(({ papers }, position) => {
    entries += papers;
    return position < KEPT_WHATEVER || entries <= limit;
  });
  const unknown = counted.filter(({ papers }) => papers === 0);
  return [...kept, ...unknown].slice(0, isLong ? MAX_WORDS.long : MAX_WORDS.short).map(({ word }) => word);
}
