/** What is shown of a ranked paper: the paper, the sentence that answers, and why it was found. */
import type { Paper } from '../../papers/paper.ts';
import type { SearchHit } from '../search.ts';
import { findTerm, toTermVector } from '../text/term-vector.ts';
import type { WeightedTerm } from './bm25.ts';
import type { RankedCandidate } from './ranking.ts';
import { chooseSnippet, type Sentence, toSentences } from './snippet.ts';

/** A term of the question in the form that somebody typed. */
export interface QueryTerm extends WeightedTerm {
  readonly text: string;
}

/** More say no more. */
const MAX_WORDS = 4;

export function toHit(
  paper: Paper,
  { score, bySemantics = false }: RankedCandidate,
  asked: readonly QueryTerm[],
): SearchHit {
  if (asked.length === 0) return { paper, score };
  const sentences = toSentences(paper.abstract);
  const snippet = chooseSnippet(sentences, asked);
  return {
    paper,
    score,
    ...(snippet !== undefined && { snippet }),
    why: { words: heldWords(paper, sentences, asked), semantic: bySemantics },
  };
}

function heldWords(
  { title, authors }: Paper,
  sentences: readonly Sentence[],
  asked: readonly QueryTerm[],
): string[] {
  const head = toTermVector({ title, abstract: '', authors: authors.join('\n') });
  const termVectors = [head, ...sentences.map(({ termVector }) => termVector)];
  return asked
    .filter(({ term }) => termVectors.some(({ terms }) => findTerm(terms, term) >= 0))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_WORDS)
    .map(({ text }) => text);
}
