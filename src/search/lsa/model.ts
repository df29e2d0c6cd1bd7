/**
 * A model learned from papers: one vector per term. The vector of a text is the weighted sum of its terms.
 */
import { findTerm, type TermVector } from '../text/term-vector.ts';
import { toUnit } from '../text/vector.ts';

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
