/** Plans the searches for a query, from strict to loose. */

import { LONG_QUERY, type QueryWord, type TextQuery } from '../query/query.ts';
import { allOf, anyOf, type WordMatch } from '../query/word-match.ts';
import { inverseFrequency } from '../ranking/bm25.ts';
import type { Sort } from '../search.ts';
import type { TermStore } from './term-store.ts';

export interface QueryStep {
  readonly match: WordMatch;
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
/** In a long query, common words also show similarity. */
const ENTRIES_READ_FOR_LONG = 2;
/** Entries that are always read, in a millisecond. In a small store, few papers have the rare words. */
const FEWEST_FOR_LONG = 5_000;
const KEPT_WHATEVER = 6;
const MAX_WORDS = { short: LONG_QUERY, long: 60 } as const;

/** @param query with at least one word or phrase */
export function planSteps(query: TextQuery, sort: Sort, terms: TermStore): Plan {
  const { words, compounds, phrases, units } = query;
  const rare = rarestWords(words, terms);
  const joined = compounds.filter(({ stem }) => terms.papersWith(stem) > 0);
  const any: QueryStep = {
    match: anyOf(query, [...rare, ...joined]),
    order: 'relevance',
  };
  if (phrases.length > 0) {
    const phrasesAlone: QueryStep = { match: anyOf(query, []), order: sort };
    return {
      steps: words.length > 0 && sort === 'relevance' ? [any, phrasesAlone] : [phrasesAlone],
      enough: ENOUGH,
    };
  }
  const isOneWord = units.length === 1 && units[0]?.isPlain === true;
  const all: QueryStep = {
    match: allOf({ ...query, units: units.slice(0, MAX_WORDS.short) }),
    order: sort,
  };
  // The newest papers with any one of the words would be off topic.
  if (sort !== 'relevance') return { steps: isOneWord ? [all] : [all, any], enough: 1 };
  return { steps: units.length <= FEW_WORDS && !isOneWord ? [all, any] : [any], enough: ENOUGH };
}

/** Plans the query of a whole text: any of its words. */
export function planText(query: TextQuery, terms: TermStore): QueryStep {
  return { match: anyOf(query, rarestWords(query.words, terms, true)), order: 'relevance' };
}

/**
 * Chooses rare words, and in a long query those that are frequent in it. Keeps unknown words: searching them
 * is free, and FTS5 may know them by another stem.
 */
function rarestWords(
  words: readonly QueryWord[],
  terms: TermStore,
  isLong = words.length > LONG_QUERY,
): QueryWord[] {
  const papers = terms.papers();
  const limit = isLong ? Math.max(FEWEST_FOR_LONG, papers * ENTRIES_READ_FOR_LONG) : papers * ENTRIES_READ;
  const counted = words.map((word) => ({ word, papers: terms.papersWith(word.stem) }));
  const weight = ({ word, papers: holders }: (typeof counted)[number]) =>
    (isLong ? word.times : 1) * inverseFrequency(papers, holders);
  const known = counted.filter((each) => each.papers > 0).sort((a, b) => weight(b) - weight(a));
  let entries = 0;
  const kept = known.filter((each, position) => {
    entries += each.papers;
    return position < KEPT_WHATEVER || entries <= limit;
  });
  const unknown = counted.filter((each) => each.papers === 0);
  return [...kept, ...unknown].slice(0, isLong ? MAX_WORDS.long : MAX_WORDS.short).map(({ word }) => word);
}
