/** Finds the distinctive words of a paper, as a query for similar papers. */

import type { QueryWord } from '../query/query.ts';
import { inverseFrequency } from '../ranking/bm25.ts';
import type { QueryTerm } from '../ranking/hits.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { termOf } from '../text/term-vector.ts';
import { foldedWords, stemOf } from '../text/words.ts';
import type { TermStore } from './term-store.ts';

/** A title word counts twice, as in the ranking. */
const TITLE_TIMES = 2;
/** A few dozen terms describe a text; more only add time and noise. */
const MAX_TERMS = 24;

export interface DistinctiveTerms {
  readonly words: readonly QueryWord[];
  readonly terms: readonly QueryTerm[];
}

/** Returns the best terms by (1 + ln frequency) · idf, among those that also occur in other papers. */
export function distinctiveTerms(
  { title, abstract }: { readonly title: string; readonly abstract: string },
  store: TermStore,
): DistinctiveTerms {
  const counted = new Map<string, QueryWord>();
  const count = (text: string, by: number) => {
    for (const word of foldedWords(text)) {
      if (STOP_WORDS.has(word) || word.length === 1 || /^\d+$/.test(word)) continue;
      const stem = stemOf(word);
      counted.set(stem, { text: word, stem, times: (counted.get(stem)?.times ?? 0) + by });
    }
  };
  count(title, TITLE_TIMES);
  count(abstract, 1);
  const papers = store.papers();
  const best = [...counted.values()]
    .map((word) => ({ word, holders: store.papersWith(word.stem) }))
    .filter(({ holders }) => holders > 1)
    .map(({ word, holders }) => ({
      word,
      weight: (1 + Math.log(word.times)) * inverseFrequency(papers, holders),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_TERMS);
  return {
    words: best.map(({ word }) => word),
    terms: best.map(({ word, weight }) => ({ text: word.text, term: termOf(word.stem), weight })),
  };
}
