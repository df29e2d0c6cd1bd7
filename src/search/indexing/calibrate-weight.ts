/**
 * How much closeness in meaning should count for an embedder, found on the store itself: titles are taken off some papers and
 * asked for, and the share that finds their papers best among the others is taken. Nobody has to judge anything.
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

/** Each with its place; where one has none, neither counts. */
export type CalibrationSample = ReadonlyArray<
  HeldOut & {
    readonly questionVector: Float32Array | undefined;
    readonly restVector: Float32Array | undefined;
  }
>;

const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** Titles flatter: where 0.4 to 0.6 was best for them, 0.2 was best for what people ask (docs/decisions/search.md). */
const TITLES_FLATTER = 0.45;
const FEWEST_CHARACTERS = 200;

/** A title is what its authors would ask for to find their paper. `undefined` for too short an abstract. */
export function holdOut({ title, abstract }: EmbeddedText): HeldOut | undefined {
  if (abstract.length < FEWEST_CHARACTERS) return undefined;
  return { question: { title: '', abstract: title }, rest: { title: '', abstract } };
}

/** From the share with the best mean reciprocal rank; of equals the smallest. */
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
