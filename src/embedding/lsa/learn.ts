/** Learns a model from papers: which terms to know, what they weigh, where they stand. */
import { findTerm } from '../../search/profile.ts';
import { pack } from '../vector.ts';
import type { Bag } from './bag.ts';
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

export async function learn(papers: readonly Bag[], { dimensions, pause }: LearnOptions): Promise<LsaModel> {
  const { terms, rarity } = chooseTerms(papers);
  const matrix = toMatrix(papers, terms, rarity);
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

function chooseTerms(papers: readonly Bag[]): Pick<LsaModel, 'terms' | 'rarity'> {
  const holders = new Map<number, number>();
  for (const { terms } of papers) {
    for (const term of terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  const most = papers.length * MOST_HOLDERS;
  const chosen = [...holders]
    .filter(([, held]) => held >= FEWEST_HOLDERS && held <= most)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_TERMS);
  const terms = Uint32Array.from(chosen, ([term]) => term).sort();
  const rarity = Float32Array.from(terms, (term) => Math.log(papers.length / (holders.get(term) ?? 1)));
  return { terms, rarity };
}

/** Every paper's row has length 1: long abstracts teach no more than short ones. */
function toMatrix(papers: readonly Bag[], known: Uint32Array, rarity: Float32Array): TermMatrix {
  const most = papers.reduce((sum, { terms }) => sum + terms.length, 0);
  const starts = new Uint32Array(papers.length + 1);
  const terms = new Uint32Array(most);
  const weights = new Float32Array(most);
  let end = 0;
  for (const [paper, bag] of papers.entries()) {
    const from = end;
    let squares = 0;
    for (const [at, term] of bag.terms.entries()) {
      const row = findTerm(known, term);
      if (row < 0) continue;
      const weight = weightOf(bag.counts[at] ?? 0, rarity[row] ?? 0);
      terms[end] = row;
      weights[end] = weight;
      squares += weight * weight;
      end += 1;
    }
    for (let at = from; at < end; at++) weights[at] = (weights[at] ?? 0) / Math.sqrt(squares);
    starts[paper + 1] = end;
  }
  return { starts, terms, weights, vocabulary: known.length };
}
