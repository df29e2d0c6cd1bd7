/** The sentence of an abstract that answers a query, for the line under a title. */
import { splitSentences } from '../../summary/sentences.ts';
import { type TermVector, toTermVector } from '../text/term-vector.ts';
import { scoreTermVectors, type WeightedTerm } from './bm25.ts';

export interface Sentence {
  readonly text: string;
  readonly termVector: TermVector;
}

export function toSentences(abstract: string): Sentence[] {
  return splitSentences(abstract).map((text) => ({
    text,
    termVector: toTermVector({ title: '', abstract: text }),
  }));
}

/** The sentences compete as papers do; the earlier wins a tie. `undefined` when none holds a term of the query. */
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
