/**
 * A model learned from papers: one vector per term. The vector of a text is the weighted sum of its terms.
 */
import { findTerm, type TermVector } from '../text/term-vector.ts';
import { toUnit } from '../text/vector.ts';
import type { Bags } from './bag.ts';

export interface LsaModel {
  readonly dimensions: number;
  /** Sorted hashes of the known terms. */
  readonly terms: Uint32Array;
  /** Inverse document frequency of each term. */
  readonly rarity: Float32Array;
  /** terms × dimensions, row-major, one byte per number. */
  readonly vectors: Int8Array;
  /** Factor for the bytes of each row. */
  readonly scales: Float32Array;
}

/** Weight of a term by its count in the text: Salton & Buckley, Term-weighting Approaches (1988). */
export function weightOf(count: number, rarity: number): number {
  return (1 + Math.log(count)) * rarity;
}

/** Returns a unit vector; `undefined` when the model knows no word of the text. */
export function embedTerms(model: LsaModel, { terms, counts }: TermVector): Float32Array | undefined {
  const { dimensions, vectors } = model;
  const sum = new Float32Array(dimensions);
  for (let at = 0; at < terms.length; at++) {
    const count = counts[at] as number;
    const row = count === 0 ? -1 : findTerm(model.terms, terms[at] as number);
    if (row < 0) continue;
    const weight = weightOf(count, model.rarity[row] as number) * (model.scales[row] as number);
    const from = row * dimensions;
    for (let n = 0; n < dimensions; n++) sum[n] = (sum[n] as number) + weight * (vectors[from + n] as number);
  }
  return toUnit(sum);
}

/**
 * Returns the share of the papers' words that the model knows, from 0 to 1. A word counts more the fewer
 * papers have it.
 */
export function knownShare({ terms: known }: Pick<LsaModel, 'terms'>, { starts, terms }: Bags): number {
  const papers = starts.length - 1;
  const holders = new Map<number, number>();
  for (const term of terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  let all = 0;
  let found = 0;
  for (const [term, held] of holders) {
    const weight = held * Math.log(1 + papers / held);
    all += weight;
    if (findTerm(known, term) >= 0) found += weight;
  }
  return all > 0 ? found / all : 0;
}
