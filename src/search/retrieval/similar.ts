/** The words of papers, as a query for similar papers. */

import { MAX_WORDS, type QueryWord, readProse, type TextQuery } from '../query/query.ts';
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

interface PaperText {
  readonly title: string;
  readonly abstract: string;
}

/**
 * Returns the words of stored papers as a long query, in which each paper counts the same and title words
 * count twice. Words that no other paper has are left out.
 */
export function queryOfPapers(papers: readonly PaperText[], store: TermStore): TextQuery {
  const summed = new Map<string, QueryWord & { readonly holders: number }>();
  for (const { title, abstract } of papers) {
    // “. ” keeps the last word of a title and the first of an abstract apart.
    const { words } = readProse([...Array<string>(TITLE_TIMES).fill(title), abstract].join('. '));
    const all = words.reduce((sum, { times }) => sum + times, 0);
    for (const { text, stem, times } of words) {
      const known = summed.get(stem) ?? { times: 0, holders: 0 };
      summed.set(stem, { text, stem, times: known.times + times / all, holders: known.holders + 1 });
    }
  }
  const count = store.papers();
  const words = [...summed.values()]
    .map(({ holders, ...word }) => ({ word, others: store.papersWith(word.stem) - holders }))
    .filter(({ others }) => others > 0)
    .map(({ word, others }) => ({ word, weight: word.times * inverseFrequency(count, others) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_WORDS)
    .map(({ word }) => word);
  return { words, compounds: [], phrases: [], excluded: [], units: [] };
}

export interface DistinctiveTerms {
  readonly words: readonly QueryWord[];
  readonly terms: readonly QueryTerm[];
}

/** Returns the best terms by (1 + ln frequency) · idf, among those that also occur in other papers. */
export function distinctiveTerms({ title, abstract }: PaperText, store: TermStore): DistinctiveTerms {
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
