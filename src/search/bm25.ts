/**
 * BM25 over the fields of one text. Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and
 * Beyond (2009), in the form of Lucene, whose idf is never negative: for words that stand in more than half of
 * the papers FTS5's own is clamped to nothing. FTS5 finds the candidates, this orders them.
 */
import { countStems } from './words.ts';

const K1 = 1.2;
/** Less than the usual 0.75: abstracts of one field differ little in length, and a paper without one should not win by it. */
const B = 0.6;

export interface WeightedTerm {
  readonly stem: string;
  readonly weight: number;
}

/** A part of a paper, and what a word in it counts. */
export interface Field {
  readonly text: string;
  readonly weight: number;
  /** Whether it counts towards the length of the whole. */
  readonly measured: boolean;
}

/** https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/search/similarities/BM25Similarity.html */
export function inverseFrequency(papers: number, withTerm: number): number {
  return Math.log(1 + (Math.max(papers, withTerm) - withTerm + 0.5) / (withTerm + 0.5));
}

/**
 * One score a text. Lengths are taken in characters, which rank like words and need no splitting; the average
 * is that of the texts themselves: what is compared is what competes.
 */
export function scoreTexts(texts: ReadonlyArray<readonly Field[]>, terms: readonly WeightedTerm[]): number[] {
  const count = countStems(terms.map(({ stem }) => stem));
  const lengths = texts.map((fields) =>
    fields.reduce((sum, { text, measured }) => sum + (measured ? text.length : 0), 0),
  );
  const average = Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length));
  return texts.map((fields, at) => {
    const frequencies = new Float64Array(terms.length);
    for (const { text, weight } of fields) count(text, weight, frequencies);
    const saturation = K1 * (1 - B + (B * (lengths[at] ?? 0)) / average);
    return terms.reduce((score, { weight }, position) => {
      const frequency = frequencies[position] ?? 0;
      return score + (weight * frequency * (K1 + 1)) / (frequency + saturation);
    }, 0);
  });
}

/** No text scores as much: what lifts one group of papers above another, whatever their scores. */
export function scoreCeiling(terms: readonly WeightedTerm[]): number {
  return terms.reduce((sum, { weight }) => sum + weight * (K1 + 1), 0);
}
