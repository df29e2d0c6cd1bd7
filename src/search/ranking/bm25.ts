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
  const asked = openAsked(terms);
  const askedPairs = openAsked(pairs);
  return termVectors.map((termVector) => {
    const saturation = K1 * (1 - b + (b * termVector.length) / average);
    const { counts, names, pairCounts } = termVector;
    let score = 0;
    asked.lookIn(termVector.terms);
    for (let n = 0; n < terms.length; n++) {
      const at = asked.places[n] as number;
      if (at < 0) continue;
      const frequency = (counts[at] as number) + NAME * (names[at] as number);
      score += (asked.weights[n] as number) * saturate(frequency, saturation);
    }
    askedPairs.lookIn(termVector.pairs);
    for (let n = 0; n < pairs.length; n++) {
      const at = askedPairs.places[n] as number;
      if (at < 0) continue;
      score += PAIR * (askedPairs.weights[n] as number) * saturate(pairCounts[at] as number, K1);
    }
    return score;
  });
}

function saturate(frequency: number, saturation: number): number {
  return (frequency * (K1 + 1)) / (frequency + saturation);
}

/** From this number of terms on, it is faster to look at each term of a paper. */
const MANY = 16;
/** Slots of the table for each term of a query, so that few terms of a paper find one that is not theirs. */
const SLOTS = 16;

/** Finds the terms of a query among those of many papers. */
function openAsked(asked: readonly WeightedTerm[]) {
  const terms = Uint32Array.from(asked, ({ term }) => term);
  const weights = Float64Array.from(asked, ({ weight }) => weight);
  /** Where each term was found, or -1. */
  const places = new Int32Array(asked.length);
  if (asked.length < MANY) {
    const lookIn = (held: Uint32Array) => {
      for (let n = 0; n < terms.length; n++) places[n] = findTerm(held, terms[n] as number);
    };
    return { weights, places, lookIn };
  }
  return { weights, places, lookIn: openTable(terms, places) };
}

/** A hash table of terms, which are hashes already. Numbers of terms begin with 1. */
function openTable(terms: Uint32Array, places: Int32Array): (held: Uint32Array) => void {
  const bits = Math.ceil(Math.log2(SLOTS * terms.length));
  const shift = 32 - bits;
  const first = new Uint16Array(2 ** bits);
  const next = new Uint16Array(terms.length + 1);
  for (const [n, term] of terms.entries()) {
    next[n + 1] = first[term >>> shift] as number;
    first[term >>> shift] = n + 1;
  }
  return (held) => {
    places.fill(-1);
    for (let at = 0; at < held.length; at++) {
      const term = held[at] as number;
      for (let n = first[term >>> shift] as number; n !== 0; n = next[n] as number)
        if (terms[n - 1] === term) places[n - 1] = at;
    }
  };
}
