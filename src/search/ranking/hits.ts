/** What is shown of a ranked paper: the paper, the sentence that answers, and why it was found. */
import type { Paper } from '../../papers/paper.ts';
import type { SearchHit } from '../search.ts';
import { findTerm, toProfile } from '../text/term-vector.ts';
import type { WeightedTerm } from './bm25.ts';
import type { Ranked } from './ranking.ts';
import { chooseSnippet, profileSentences, type Sentence } from './snippet.ts';

/** A term of the question in the form that somebody typed. */
export interface AskedTerm extends WeightedTerm {
  readonly text: string;
}

/** More say no more. */
const MAX_WORDS = 4;

export function toHit(
  paper: Paper,
  { score, byMeaning = false }: Ranked,
  asked: readonly AskedTerm[],
): SearchHit {
  if (asked.length === 0) return { paper, score };
  const sentences = profileSentences(paper.abstract);
  const snippet = chooseSnippet(sentences, asked);
  return {
    paper,
    score,
    ...(snippet !== undefined && { snippet }),
    why: { words: heldWords(paper, sentences, asked), meaning: byMeaning },
  };
}

function heldWords(
  { title, authors }: Paper,
  sentences: readonly Sentence[],
  asked: readonly AskedTerm[],
): string[] {
  const head = toProfile({ title, abstract: '', authors: authors.join('\n') });
  const profiles = [head, ...sentences.map(({ profile }) => profile)];
  return asked
    .filter(({ term }) => profiles.some(({ terms }) => findTerm(terms, term) >= 0))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_WORDS)
    .map(({ text }) => text);
}
