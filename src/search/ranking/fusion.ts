/**
 * Combines word scores and semantic similarity into one score. Both are min-max scaled over the candidates of
 * a query, because BM25 has no upper limit, and the cosines of some models are all between 0.7 and 0.9.
 */
import { cosine, toUnit } from '../text/vector.ts';

/** The vector of a query and its weight. */
export interface SemanticQuery {
  /** Unit length. */
  readonly vector: Float32Array;
  /** From 0 (words only) to 1. */
  readonly weight: number;
}

/** Moves the query towards its best answers (Rocchio 1971), which ranks similar papers higher. */
const ANSWERS = 2;
const PULL = 0.8;

/** Best candidates by words that define the range of cosines; the worst ones are outliers. */
const COMPARED = 100;

/** The two parts of a score; their sum is between 0 and 1. */
export interface Fused {
  readonly words: number;
  readonly semantic: number;
}

/**
 * @param words one score per candidate, not negative
 * @param vectors packed; a paper without a vector gets a medium similarity
 * @param itself the candidate that is the query itself, a pasted abstract: scaled by its score, all others
 * would look equally unlike it
 */
export function fuseScores(
  words: readonly number[],
  vectors: ReadonlyArray<Int8Array | undefined>,
  semantic: SemanticQuery | undefined,
  itself?: number,
): Fused[] {
  const most = words.reduce((max, score, at) => (at === itself ? max : Math.max(max, score)), 0);
  const byWords = words.map((score) => (most > 0 ? Math.min(1, score / most) : Math.sign(score)));
  if (!semantic || semantic.weight === 0) return byWords.map((score) => ({ words: score, semantic: 0 }));
  const { weight } = semantic;
  const others = (ranked: readonly number[]) => ranked.filter((at) => at !== itself);
  const compared = others(bestOf(byWords, COMPARED));
  const fuse = (vector: Float32Array): Fused[] => {
    const close = closeness(vectors, compared, vector);
    return byWords.map((score, at) => ({ words: (1 - weight) * score, semantic: weight * (close[at] ?? 0) }));
  };
  const fused = fuse(semantic.vector);
  const sums = fused.map((parts) => parts.words + parts.semantic);
  const answers = others(bestOf(sums, ANSWERS + 1)).slice(0, ANSWERS);
  return fuse(pulled(semantic.vector, vectors, answers));
}

/** Returns the indexes of the highest scores, in descending order. */
function bestOf(scores: readonly number[], count: number): number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, count);
}

/** Scales cosines so that the compared candidates span 0 to 1; others are clamped. */
function closeness(
  vectors: ReadonlyArray<Int8Array | undefined>,
  compared: readonly number[],
  to: Float32Array,
): number[] {
  const cosines = vectors.map((vector) => vector && cosine(to, vector));
  const known = compared.map((at) => cosines[at]).filter((value) => value !== undefined);
  const least = Math.min(...known);
  const span = Math.max(...known) - least;
  return cosines.map((value) =>
    value === undefined || !(span > 0) ? 0.5 : Math.min(1, Math.max(0, (value - least) / span)),
  );
}

function pulled(
  vector: Float32Array,
  vectors: ReadonlyArray<Int8Array | undefined>,
  answers: readonly number[],
): Float32Array {
  const sum = Float32Array.from(vector);
  for (const at of answers) {
    const answer = vectors[at] && toUnit(Float32Array.from(vectors[at]));
    answer?.forEach((value, n) => {
      sum[n] = (sum[n] ?? 0) + (PULL / ANSWERS) * value;
    });
  }
  return toUnit(sum) ?? vector;
}
