/** What is shown of a ranked paper: the paper, the sentence that answers, and why it was found. */
import type { Paper } from '../papers/paper.ts';
import type { WeightedTerm } from './bm25.ts';
import type { SearchHit } from './port.ts';
import { findTerm, toProfile } from './profile.ts';
import type { Ranked } from './ranking.ts';
import { chooseSnippet } from './snippet.ts';

/** A term of the question in the form that somebody typed. */
export interface AskedTerm extends WeightedTerm {
  readonly text: string;
}

/** More say no more. */
const MAX_WORDS = 4;

export function toHit(paper: Paper, ranked: Ranked, asked: readonly AskedTerm[]): SearchHit {
  const snippet = chooseSnippet(paper.abstract, asked);
  return {
    paper,
    score: ranked.score,
    ...(snippet !== undefined && { snippet }),
    ...(asked.length > 0 && {
      why: { words: heldWords(paper, asked), meaning: ranked.byMeaning ?? false },
    }),
  };
}

function heldWords({ title, abstract, authors }: Paper, asked: readonly AskedTerm[]): string[] {
  const { terms } = toProfile({ title, abstract, authors: authors.join('\n') });
  return asked
    .filter(({ term }) => findTerm(terms, term) >= 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_WORDS)
    .map(({ text }) => text);
}
