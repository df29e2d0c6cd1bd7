/** Which FTS5 expressions find the candidates for a query: the strictest first, the next when it found too little. */

import { type QueryWord, type TextQuery, toMatch } from '../query/query.ts';
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
 * FTS5 reads the list of papers of each word that it looks for, and scores all that are in any: the rarest words find what is
 * wanted, common ones find everything and cost most of the time. So many entries as this part of the papers are read, and
 * the rarest words whatever they cost. All words count when the candidates are scored.
 */
const ENTRIES_READ = 0.6;
const KEPT_WHATEVER = 6;
const MAX_LOOKED_FOR = 24;

/** @param query with a word or a phrase at least */
export function planSteps(query: TextQuery, sort: Sort, terms: TermStore): Plan {
  const { words, compounds, phrases } = query;
  const rare = rarestWords(words, terms);
  const joined = compounds.filter(({ stem }) => terms.papersWith(stem) > 0);
  const any: QueryStep = { match: toMatch(query, [...rare, ...joined], 'OR'), order: 'relevance' };
  if (phrases.length > 0) {
    const phrasesAlone: QueryStep = { match: toMatch(query, [], 'OR'), order: sort };
    return {
      steps: words.length > 0 && sort === 'relevance' ? [any, phrasesAlone] : [phrasesAlone],
      enough: ENOUGH,
    };
  }
  if (sort !== 'relevance') {
    // The newest of all papers that hold any one word would be papers about something else.
    const all: QueryStep = { match: toMatch(query, words.slice(0, MAX_LOOKED_FOR), 'AND'), order: sort };
    return { steps: words.length > 1 ? [all, any] : [all], enough: 1 };
  }
  const few = words.length > 1 && words.length <= FEW_WORDS;
  const all: QueryStep = { match: toMatch(query, words, 'AND'), order: 'relevance' };
  return { steps: few ? [all, any] : [any], enough: ENOUGH };
}

/** What no paper is known to hold costs nothing to look for, and FTS5 may know it by another stem. */
function rarestWords(words: readonly QueryWord[], terms: TermStore): QueryWord[] {
  const limit = terms.papers() * ENTRIES_READ;
  const counted = words.map((word) => ({ word, papers: terms.papersWith(word.stem) }));
  const known = counted.filter(({ papers }) => papers > 0).sort((a, b) => a.papers - b.papers);
  let entries = 0;
  const kept = known.filter(({ papers }, position) => {
    entries += papers;
    return position < KEPT_WHATEVER || entries <= limit;
  });
  const unknown = counted.filter(({ papers }) => papers === 0);
  return [...kept, ...unknown].slice(0, MAX_LOOKED_FOR).map(({ word }) => word);
}
