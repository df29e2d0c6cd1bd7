/** Plans the FTS5 expressions for a query, from strict to loose. */

import { type QueryWord, type TextQuery, toMatch } from '../query/query.ts';
import type { Sort } from '../search.ts';
import type { TermStore } from './term-store.ts';

export interface QueryStep {
  readonly match: string;
  /** The order that selects candidates among the matches. */
  readonly order: Sort;
}

export interface Plan {
  readonly steps: readonly QueryStep[];
  /** The next step runs while there are fewer candidates than this. */
  readonly enough: number;
}

/** With fewer candidates, two or three words are also searched separately. */
const ENOUGH = 10;
export const FEW_WORDS = 3;

/**
 * FTS5 reads the posting list of each word and scores all papers in it. Rare words find the right papers;
 * common ones match everything and take most of the time. This limits the entries to read, as a share of all
 * papers. The rarest words are always searched. All words count when the candidates are scored.
 */
const ENTRIES_READ = 0.6;
const KEPT_WHATEVER = 6;
const MAX_LOOKED_FOR = 24;

/** @param query with at least one word or phrase */
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
    // The newest papers with any one of the words would be off topic.
    const all: QueryStep = { match: toMatch(query, words.slice(0, MAX_LOOKED_FOR), 'AND'), order: sort };
    return { steps: words.length > 1 ? [all, any] : [all], enough: 1 };
  }
  const few = words.length > 1 && words.length <= FEW_WORDS;
  const all: QueryStep = { match: toMatch(query, words, 'AND'), order: 'relevance' };
  return { steps: few ? [all, any] : [any], enough: ENOUGH };
}

/** Keeps unknown words: searching them is free, and FTS5 may know them by another stem. */
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
