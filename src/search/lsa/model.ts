/** A model learned from papers: where each term stands in the space of meanings. A text stands at the sum of its terms. */
import { findTerm, type TermVector } from '../text/term-vector.ts';
import { toUnit } from '../text/vector.ts';

export interface LsaModel {
  readonly dimensions: number;
  /** Sorted hashes of the terms that it knows. */
  readonly terms: Uint32Array;
  /** How rare each is. */
  readonly rarity: Float32Array;
  /** terms × dimensions, row-major, a byte a number. */
  readonly vectors: Int8Array;
  /** What a row's bytes are multiplied by. */
  readonly scales: Float32Array;
}

/** How much a term that stands in a text so often says: Salton & Buckley, Term-weighting Approaches (1988). */
export function weightOf(count: number, rarity: number): number {
  return (1 + Math.log(count)) * rarity;
}

/** Of length 1; `undefined` for a text of which the model knows no word. */
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
