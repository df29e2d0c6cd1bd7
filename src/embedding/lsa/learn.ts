/** Learns a model from profiles: which terms to know, what they weigh, where they stand. */
import { findTerm, type Profile } from '../../search/profile.ts';
import { pack } from '../vector.ts';
import { decompose, type TermMatrix } from './decompose.ts';
import { type LsaModel, weightOf } from './model.ts';

interface LearnOptions {
  readonly dimensions: number;
  readonly pause: () => Promise<void>;
}

/** A term of fewer papers says nothing about what goes together. */
const FEWEST_HOLDERS = 3;
/** One in more than this part of the papers tells none from another. */
const MOST_HOLDERS = 0.25;
const MAX_TERMS = 24_000;

export async function learn(
  profiles: readonly Profile[],
  { dimensions, pause }: LearnOptions,
): Promise<LsaModel> {
  const { terms, rarity } = chooseTerms(profiles);
  const matrix = toMatrix(profiles, terms, rarity);
  const directions = await decompose(matrix, { dimensions, pause });
  const places = new Int8Array(directions.length);
  const scales = new Float32Array(terms.length);
  for (let row = 0; row < terms.length; row++) {
    const place = directions.subarray(row * dimensions, (row + 1) * dimensions);
    places.set(pack(place), row * dimensions);
    scales[row] = place.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
  }
  return { dimensions, terms, rarity, places, scales };
}

function chooseTerms(profiles: readonly Profile[]): Pick<LsaModel, 'terms' | 'rarity'> {
  const holders = new Map<number, number>();
  for (const { terms, counts } of profiles) {
    for (const [at, term] of terms.entries())
      if (counts[at] !== 0) holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  const most = profiles.length * MOST_HOLDERS;
  const chosen = [...holders]
    .filter(([, held]) => held >= FEWEST_HOLDERS && held <= most)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_TERMS);
  const terms = Uint32Array.from(chosen, ([term]) => term).sort();
  const rarity = Float32Array.from(terms, (term) => Math.log(profiles.length / (holders.get(term) ?? 1)));
  return { terms, rarity };
}

/** Every paper's row has length 1: long abstracts teach no more than short ones. */
function toMatrix(profiles: readonly Profile[], known: Uint32Array, rarity: Float32Array): TermMatrix {
  const starts = new Uint32Array(profiles.length + 1);
  const terms: number[] = [];
  const weights: number[] = [];
  for (const [paper, profile] of profiles.entries()) {
    const from = terms.length;
    let squares = 0;
    for (const [at, term] of profile.terms.entries()) {
      const count = profile.counts[at] ?? 0;
      const row = count === 0 ? -1 : findTerm(known, term);
      if (row < 0) continue;
      const weight = weightOf(count, rarity[row] ?? 0);
      terms.push(row);
      weights.push(weight);
      squares += weight * weight;
    }
    for (let at = from; at < weights.length; at++) weights[at] = (weights[at] ?? 0) / Math.sqrt(squares);
    starts[paper + 1] = terms.length;
  }
  return {
    starts,
    terms: Uint32Array.from(terms),
    weights: Float32Array.from(weights),
    vocabulary: known.length,
  };
}
