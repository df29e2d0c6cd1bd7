/** Interests as weighted terms: what papers have in common with those that somebody saved. Pure. */
import { inverseFrequency } from '../search/ranking/bm25.ts';
import type { TermVector } from '../search/text/term-vector.ts';

/** Papers that have a term, as estimated from a sample. */
export interface Rarity {
  readonly papers: number;
  holders(term: number): number;
}

/** Unit vector of tf-idf weights. */
export interface TermWeights {
  /** Sorted. */
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
}

/** BM25 (Robertson & Zaragoza, 2009). Unlike a query, an interest favours long texts, so length counts more. */
const K1 = 1.2;
const B = 0.75;

export function idfOf({ papers, holders }: Rarity, term: number): number {
  return inverseFrequency(papers, holders(term));
}

export function toTermWeights({ terms, counts }: TermVector, rarity: Rarity): TermWeights {
  const weights = new Float32Array(terms.length);
  let squares = 0;
  for (let at = 0; at < terms.length; at++) {
    const count = counts[at] as number;
    if (count === 0) continue;
    const weight = (1 + Math.log(count)) * idfOf(rarity, terms[at] as number);
    weights[at] = weight;
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) / length;
  return { terms, weights };
}

/** The cosine of two papers, from 0 to 1. */
export function likenessOf(one: TermWeights, other: TermWeights): number {
  let sum = 0;
  let a = 0;
  let b = 0;
  while (a < one.terms.length && b < other.terms.length) {
    const left = one.terms[a] as number;
    const right = other.terms[b] as number;
    if (left === right) sum += (one.weights[a++] as number) * (other.weights[b++] as number);
    else if (left < right) a++;
    else b++;
  }
  return sum;
}

/** Sum of the papers' terms (Rocchio, 1971). @param weights negative for what somebody does not want */
export function toInterest(
  papers: readonly TermWeights[],
  weights: readonly number[],
): ReadonlyMap<number, number> {
  const interest = new Map<number, number>();
  for (const [index, { terms, weights: parts }] of papers.entries()) {
    const weight = weights[index] ?? 0;
    for (let at = 0; at < terms.length; at++) {
      const part = parts[at] as number;
      if (part === 0) continue;
      const term = terms[at] as number;
      interest.set(term, (interest.get(term) ?? 0) + weight * part);
    }
  }
  for (const [term, weight] of interest) if (weight <= 0) interest.delete(term);
  return interest;
}

/** The terms with the most weight, the best first. */
export function strongestTerms(interest: ReadonlyMap<number, number>, count: number): number[] {
  return [...interest]
    .sort(([termA, a], [termB, b]) => b - a || termA - termB)
    .slice(0, count)
    .map(([term]) => term);
}

/** BM25 of each paper with the interest as its query. The average length is that of these papers. */
export function scoreInterest(
  interest: ReadonlyMap<number, number>,
  papers: readonly TermVector[],
  rarity: Rarity,
): number[] {
  const average = Math.max(1, papers.reduce((sum, { length }) => sum + length, 0) / papers.length);
  return papers.map(({ terms, counts, length }) => {
    const saturation = K1 * (1 - B + (B * length) / average);
    let score = 0;
    for (let at = 0; at < terms.length; at++) {
      const count = counts[at] as number;
      const weight = count === 0 ? undefined : interest.get(terms[at] as number);
      if (weight === undefined) continue;
      score += (weight * idfOf(rarity, terms[at] as number) * count * (K1 + 1)) / (count + saturation);
    }
    return score;
  });
}
