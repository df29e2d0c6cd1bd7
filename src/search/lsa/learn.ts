/** Learns a model from papers: its vocabulary, term weights and term vectors. */
import { findTerm } from '../text/term-vector.ts';
import { pack } from '../text/vector.ts';
import type { Bags } from './bag.ts';
import { decompose, type TermMatrix } from './decompose.ts';
import { type LsaModel, weightOf } from './model.ts';

interface LearnOptions {
  readonly dimensions: number;
  readonly pause: () => Promise<void>;
}

/** Terms in fewer papers show no associations. */
const FEWEST_HOLDERS = 3;
/** Terms in a larger share of papers do not distinguish them. */
const MOST_HOLDERS = 0.25;
const MAX_TERMS = 24_000;

/** @param papers overwritten, because a copy of 30,000 papers needs too much memory */
export async function learn(papers: Bags, { dimensions, pause }: LearnOptions): Promise<LsaModel> {
  const { terms, rarity } = chooseTerms(papers);
  const matrix = toMatrix(papers, terms, rarity);
  const directions = await decompose(matrix, { dimensions, pause });
  const vectors = new Int8Array(directions.length);
  const scales = new Float32Array(terms.length);
  for (let row = 0; row < terms.length; row++) {
    const vector = directions.subarray(row * dimensions, (row + 1) * dimensions);
    vectors.set(pack(vector), row * dimensions);
    scales[row] = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
  }
  return { dimensions, terms, rarity, vectors, scales };
}

function chooseTerms(papers: Bags): Pick<LsaModel, 'terms' | 'rarity'> {
  const count = papers.starts.length - 1;
  const holders = new Map<number, number>();
  for (const term of papers.terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  const most = count * MOST_HOLDERS;
  const known: Array<[term: number, held: number]> = [];
  // Most terms are in one or two papers; these are skipped without allocating a pair.
  for (const [term, held] of holders) {
    if (held >= FEWEST_HOLDERS && held <= most) known.push([term, held]);
  }
  const chosen = known.sort(([, a], [, b]) => b - a).slice(0, MAX_TERMS);
  const terms = Uint32Array.from(chosen, ([term]) => term).sort();
  const rarity = Float32Array.from(terms, (term) => Math.log(count / (holders.get(term) ?? 1)));
  return { terms, rarity };
}

/** Builds rows of unit length, so that long abstracts do not count more. Overwrites its input. */
function toMatrix({ starts, terms, counts }: Bags, known: Uint32Array, rarity: Float32Array): TermMatrix {
  const weights = new Float32Array(terms.length);
  let end = 0;
  let from = 0;
  for (let paper = 1; paper < starts.length; paper++) {
    const to = starts[paper] as number;
    const start = end;
    let squares = 0;
    for (let at = from; at < to; at++) {
      const row = findTerm(known, terms[at] as number);
      if (row < 0) continue;
      const weight = weightOf(counts[at] as number, rarity[row] as number);
      terms[end] = row;
      weights[end] = weight;
      squares += weight * weight;
      end += 1;
    }
    for (let at = start; at < end; at++) weights[at] = (weights[at] as number) / Math.sqrt(squares);
    from = to;
    starts[paper] = end;
  }
  return { starts, terms, weights, vocabulary: known.length };
}
