/**
 * Finds the best weight of similarity for an embedder without human judgements: titles are removed from some
 * papers and used as queries, and the weight that ranks their own papers best wins.
 */

import type { EmbeddedText } from '../embedders/embedding-provider.ts';
import { inverseFrequency, scoreTermVectors } from '../ranking/bm25.ts';
import { fuseScores } from '../ranking/fusion.ts';
import { type TermVector, toTermVector } from '../text/term-vector.ts';
import { pack, toUnit } from '../text/vector.ts';

/** A paper without its title, and that title. */
export interface HeldOut {
  readonly question: EmbeddedText;
  readonly rest: EmbeddedText;
}

/** Texts with vectors. A pair with a missing vector is ignored. */
export type CalibrationSample = ReadonlyArray<
  HeldOut & {
    readonly questionVector: Float32Array | undefined;
    readonly restVector: Float32Array | undefined;
  }
>;

const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/**
 * Corrects for titles as queries: 0.4 to 0.6 was best for them, 0.2 for real queries
 * (docs/decisions/search.md).
 */
const TITLES_FLATTER = 0.45;
const FEWEST_CHARACTERS = 200;

/** Uses the title as the query for its abstract. `undefined` when the abstract is too short. */
export function holdOut({ title, abstract }: EmbeddedText): HeldOut | undefined {
  if (abstract.length < FEWEST_CHARACTERS) return undefined;
  return { question: { title: '', abstract: title }, rest: { title: '', abstract } };
}

/** Returns the weight with the best mean reciprocal rank, corrected; the smallest of equals. */
export async function calibrateWeight(
  sample: CalibrationSample,
  pause: () => Promise<void>,
): Promise<number> {
  const embedded = sample.filter(({ questionVector, restVector }) => questionVector && restVector);
  const termVectors = embedded.map(({ rest }) => toTermVector(rest));
  const vectors = embedded.map(({ restVector }) => restVector && pack(restVector));
  const holders = countHolders(termVectors);
  const sums = WEIGHTS.map(() => 0);
  for (const [asked, { question, questionVector }] of embedded.entries()) {
    const terms = Array.from(toTermVector(question).terms, (term) => ({
      term,
      weight: inverseFrequency(termVectors.length, holders.get(term) ?? 0),
    }));
    const words = scoreTermVectors(termVectors, terms);
    const vector = questionVector && toUnit(questionVector);
    for (const [at, weight] of WEIGHTS.entries()) {
      const scores = fuseScores(words, vectors, vector && { vector, weight }).map(
        (parts) => parts.words + parts.semantic,
      );
      const own = scores[asked] ?? 0;
      const better = scores.filter((score) => score > own).length;
      sums[at] = (sums[at] ?? 0) + 1 / (1 + better);
    }
    await pause();
  }
  const best = Math.max(...sums);
  return TITLES_FLATTER * (WEIGHTS[sums.indexOf(best)] ?? 0);
}

function countHolders(termVectors: readonly TermVector[]): ReadonlyMap<number, number> {
  const holders = new Map<number, number>();
  for (const { terms } of termVectors) {
    for (const term of terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  return holders;
}
