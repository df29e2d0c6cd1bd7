/**
 * Scores by words and closeness in meaning, made one score. Both are stretched over the candidates of one question: BM25 has
 * no upper end, and the cosines of some models all lie between 0.7 and 0.9.
 */
import { cosine, toUnit } from '../text/vector.ts';

/** Where a question stands, and how much that counts. */
export interface SemanticQuery {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** From 0, words alone, to 1. */
  readonly weight: number;
}

/** The question moves towards the papers that answer it best (Rocchio 1971), which brings up their like. */
const ANSWERS = 2;
const PULL = 0.8;

/** Cosines are stretched over this many of the candidates that hold the words best: those that hold them worst are far from anything. */
const COMPARED = 100;

/** The two parts of a score; their sum lies between 0 and 1. */
export interface Fused {
  readonly words: number;
  readonly semantic: number;
}

/**
 * @param words a score a candidate, none below 0
 * @param vectors packed; a paper that has none yet is taken for one of middling closeness
 */
export function fuseScores(
  words: readonly number[],
  vectors: ReadonlyArray<Int8Array | undefined>,
  semantic: SemanticQuery | undefined,
): Fused[] {
  const most = words.reduce((max, score) => Math.max(max, score), 0);
  const byWords = words.map((score) => (most > 0 ? score / most : 0));
  if (!semantic || semantic.weight === 0) return byWords.map((score) => ({ words: score, semantic: 0 }));
  const { weight } = semantic;
  const compared = bestOf(byWords, COMPARED);
  const fuse = (vector: Float32Array): Fused[] => {
    const close = closeness(vectors, compared, vector);
    return byWords.map((score, at) => ({ words: (1 - weight) * score, semantic: weight * (close[at] ?? 0) }));
  };
  return fuse(pulled(semantic.vector, vectors, fuse(semantic.vector)));
}

/** Where the highest scores stand, the highest first. */
function bestOf(scores: readonly number[], count: number): number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, count);
}

/** Cosines, the least close of those compared at 0 and the closest at 1; others lie between, or at the nearer end. */
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
  fused: readonly Fused[],
): Float32Array {
  const scores = fused.map((parts) => parts.words + parts.semantic);
  const best = bestOf(scores, ANSWERS);
  const sum = Float32Array.from(vector);
  for (const at of best) {
    const answer = vectors[at] && toUnit(Float32Array.from(vectors[at]));
    answer?.forEach((value, n) => {
      sum[n] = (sum[n] ?? 0) + (PULL / ANSWERS) * value;
    });
  }
  return toUnit(sum) ?? vector;
}
