/** Builds search hits: the paper, the matching sentence, and the reason for the match. */

import type { Paper } from '../../papers/paper.ts';
import { writtenWithSigns } from '../../text/index-text.ts';
import { splitSentences } from '../../text/sentences/sentences.ts';
import type { SearchHit } from '../search.ts';
import type { TermVector } from '../text/term-vector.ts';
import { findTerm, toTermVector } from '../text/term-vector.ts';
import type { WeightedTerm } from './bm25.ts';
import { scoreTermVectors } from './bm25.ts';
import type { RankedCandidate } from './ranking.ts';

/** A term of the query with its original spelling. */
export interface QueryTerm extends WeightedTerm {
  readonly text: string;
}

/** Most words to show. */
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
    .map(({ text }) => writtenWithSigns(text));
}

interface Sentence {
  readonly text: string;
  readonly termVector: TermVector;
}

export function toSentences(abstract: string): Sentence[] {
  return splitSentences(abstract).map((text) => ({
    text,
    termVector: toTermVector({ title: '', abstract: text }),
  }));
}

/**
 * Ranks sentences like papers; the earlier one wins a tie. `undefined` when none contains a term of the
 * query.
 */
export function chooseSnippet(
  sentences: readonly Sentence[],
  terms: readonly WeightedTerm[],
): string | undefined {
  const scores = scoreTermVectors(
    sentences.map(({ termVector }) => termVector),
    terms,
  );
  const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
  return (scores[best] ?? 0) > 0 ? sentences[best]?.text : undefined;
}
