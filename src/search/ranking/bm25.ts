/**
 * BM25 over packed papers. Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond
 * (2009), in Lucene's variant, whose idf is never negative. FTS5 clamps the idf of words in more than half of
 * the papers to zero. The word index, or FTS5 in a small store, finds the candidates; this module ranks them.
 */
import { findTerm, type TermVector } from '../text/term-vector.ts';

export const K1 = 1.2;
/**
 * Less than the usual 0.75: abstracts differ little in length, and a missing abstract must not be an
 * advantage.
 */
export const B = 0.6;
/** The same for a whole text as the query, which matches long papers by chance. */
export const B_OF_TEXT = 0.85;
/** Count of a word in an author's name; a word in the title counts 2, in the abstract 1. */
const NAME = 0.5;
/** Factor for two adjacent words of the query, applied to the weight of the less rare one. */
const PAIR = 0.2;

export interface WeightedTerm {
  /** Hash, as in term vectors. */
  readonly term: number;
  readonly weight: number;
}

/** https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/search/similarities/BM25Similarity.html */
export function inverseFrequency(papers: number, withTerm: number): number {
  return Math.log(1 + (Math.max(papers, withTerm) - withTerm + 0.5) / (withTerm + 0.5));
}

/**
 * Returns one score per term vector. The average length is that of the given candidates.
 * @param pairs adjacent words of the query
 * @param b how much the length of a paper counts
 */
export function scoreTermVectors(
  termVectors: readonly TermVector[],
  terms: readonly WeightedTerm[],
  pairs: readonly WeightedTerm[] = [],
  b: number = B,
): number[] {
  const average = Math.max(1, termVectors.reduce((sum, { length }) => sum + length, 0) / termVectors.length);
  return termVectors.map((termVector) => {
    const saturation = K1 * (1 - b + (b * termVector.length) / average);
    let score = 0;
    for (const { term, weight } of terms)
      score += weight * saturate(frequencyOf(termVector, term), saturation);
    for (const { term, weight } of pairs) {
      const at = findTerm(termVector.pairs, term);
      if (at >= 0) score += PAIR * weight * saturate(termVector.pairCounts[at] ?? 0, K1);
    }
    return score;
  });
}

function saturate(frequency: number, saturation: number): number {
  return (frequency * (K1 + 1)) / (frequency + saturation);
}

function frequencyOf({ terms, counts, names }: TermVector, term: number): number {
  const at = findTerm(terms, term);
  return at < 0 ? 0 : (counts[at] ?? 0) + NAME * (names[at] ?? 0);
}
