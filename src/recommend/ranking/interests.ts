/** Interests as weighted terms: what papers have in common with those that somebody saved. Pure. */
import { findTerm, type TermVector } from '../../search/text/term-vector.ts';

/** How rare terms are, as estimated from a sample. */
export interface TermRarity {
  /** Inverse frequency. */
  of(term: number): number;
}

/** Unit vector of tf-idf weights. */
export interface TermWeights {
  /** Sorted. */
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
}

/**
 * BM25 (Robertson & Zaragoza, 2009). Unlike a query, an interest favours long texts, so length counts more.
 */
const K1 = 1.2;
const B = 0.75;

export function toTermWeights({ terms, counts }: TermVector, rarity: TermRarity): TermWeights {
  const weights = new Float32Array(terms.length);
  let squares = 0;
  for (let at = 0; at < terms.length; at++) {
    const count = counts[at] as number;
    if (count === 0) continue;
    const weight = (1 + Math.log(count)) * rarity.of(terms[at] as number);
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

/** Share of a paper's interest that a term covers, for its weight in the paper. */
const COVERS = 2;
const MOST_COVERED = 0.9;

/**
 * The terms with the most weight in papers that the terms before them do not cover, so that each interest has
 * some.
 */
export function strongestTerms(
  interest: ReadonlyMap<number, number>,
  sources: readonly TermWeights[],
  count: number,
): number[] {
  const chosen = new Set<number>();
  const left = new Float32Array(sources.length).fill(1);
  const worth = new Map<number, number>();
  const addWorth = (at: number, part: number) => {
    const { terms, weights } = sources[at] as TermWeights;
    for (let index = 0; index < terms.length; index++) {
      const term = terms[index] as number;
      if (interest.has(term)) worth.set(term, (worth.get(term) ?? 0) + part * (weights[index] as number));
    }
  };
  for (const at of sources.keys()) addWorth(at, 1);
  while (chosen.size < count && worth.size > 0) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [term, value] of worth) {
      if (value <= most) continue;
      best = term;
      most = value;
    }
    chosen.add(best);
    for (const [at, { terms, weights }] of sources.entries()) {
      const index = findTerm(terms, best);
      if (index < 0) continue;
      const before = left[at] as number;
      const after = before * (1 - Math.min(MOST_COVERED, COVERS * (weights[index] as number)));
      left[at] = after;
      addWorth(at, after - before);
    }
    for (const term of chosen) worth.delete(term);
  }
  return [...chosen];
}

/** Compares papers with many others at once: returns the cosine with each. */
export function openComparison(sources: readonly TermWeights[]): (paper: TermWeights) => Float32Array {
  const holders = new Map<number, Array<readonly [source: number, weight: number]>>();
  for (const [at, { terms, weights }] of sources.entries()) {
    for (let index = 0; index < terms.length; index++) {
      const term = terms[index] as number;
      const held = holders.get(term) ?? [];
      holders.set(term, held);
      held.push([at, weights[index] as number]);
    }
  }
  return ({ terms, weights }) => {
    const likeness = new Float32Array(sources.length);
    for (let index = 0; index < terms.length; index++) {
      for (const [at, weight] of holders.get(terms[index] as number) ?? [])
        likeness[at] = (likeness[at] as number) + weight * (weights[index] as number);
    }
    return likeness;
  };
}

/** BM25 of each paper with the interest as its query. The average length is that of these papers. */
export function scoreInterest(
  interest: ReadonlyMap<number, number>,
  papers: readonly TermVector[],
  rarity: TermRarity,
): number[] {
  const average = Math.max(1, papers.reduce((sum, { length }) => sum + length, 0) / papers.length);
  return papers.map(({ terms, counts, length }) => {
    const saturation = K1 * (1 - B + (B * length) / average);
    let score = 0;
    for (let at = 0; at < terms.length; at++) {
      const count = counts[at] as number;
      const weight = count === 0 ? undefined : interest.get(terms[at] as number);
      if (weight === undefined) continue;
      score += (weight * rarity.of(terms[at] as number) * count * (K1 + 1)) / (count + saturation);
    }
    return score;
  });
}

/** Words that were named weigh the same, whatever their rarity: nobody names a subject by common words. */
export function toNamedWeights(terms: readonly number[]): TermWeights {
  const sorted = Uint32Array.from(new Set(terms)).sort();
  return { terms: sorted, weights: new Float32Array(sorted.length).fill(1 / Math.sqrt(sorted.length)) };
}
