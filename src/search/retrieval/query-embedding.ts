/** Embeds the query with the active model, and finds candidates that are near it. */

import type { EmbeddingProvider } from '../embedders/embedding-provider.ts';
import { modelKey } from '../nearest/files.ts';
import type { NearestReader } from '../nearest/nearest-reader.ts';
import type { SemanticQuery } from '../ranking/fusion.ts';
import type { SearchPage } from '../search.ts';
import { toUnit } from '../text/vector.ts';
import type { Condition, ConditionReader } from './filter-store.ts';
import type { ServingModel, VectorReader } from './vector-reader-store.ts';

/** A vector from outside the search thread, possibly of a model that is not active. */
export interface QueryEmbedding {
  readonly maker: EmbeddingProvider;
  /** Name of the embedder's model. */
  readonly name: string;
  readonly vector: Float32Array;
}

export interface SemanticPlan {
  readonly model?: ServingModel;
  readonly semantic?: SemanticQuery;
  readonly state: SearchPage['semantic'];
  readonly embedWith?: SearchPage['embedWith'];
}

/** @param words the query without excluded words */
export function embedQuery(
  vectors: VectorReader,
  words: string,
  given: QueryEmbedding | undefined,
): SemanticPlan {
  const model = vectors.serving();
  if (!model) return { state: 'none' };
  const vector =
    model.maker === 'built-in' ? vectors.embedText(model, words) : fits(model, given) && toUnit(given.vector);
  if (vector) return { model, semantic: { vector, weight: model.share }, state: 'used' };
  // The built-in model has no vector for this query; waiting does not help.
  const { maker, name } = model;
  return maker === 'built-in' ? { state: 'none' } : { state: 'missing', embedWith: { maker, name } };
}

function fits(
  { maker, name, dimensions }: ServingModel,
  given: QueryEmbedding | undefined,
): given is QueryEmbedding {
  return given?.maker === maker && given.name === name && given.vector.length === dimensions;
}

/** Uses the mean vector of papers as the query, to find similar papers. */
export function embedPapers(vectors: VectorReader, papers: readonly number[]): SemanticPlan {
  const model = vectors.serving();
  if (!model) return { state: 'none' };
  const sum = new Float32Array(model.dimensions);
  for (const { vector } of vectors.candidates(papers, model)) {
    const own = vector && toUnit(Float32Array.from(vector));
    own?.forEach((value, n) => {
      sum[n] = (sum[n] ?? 0) + value;
    });
  }
  const vector = toUnit(sum);
  return vector ? { model, semantic: { vector, weight: model.share }, state: 'used' } : { state: 'none' };
}

/** In place of the last candidates by words, if these are many, so that a search scores as many as before. */
const NEAREST = 50;

export interface NearestCandidates {
  /**
   * Adds the nearest papers to the last group, unless words found nothing.
   * @param most candidates of the last group
   */
  beside(groups: number[][], plan: SemanticPlan, condition: Condition, most: number): number[][];
}

export function openNearestCandidates(
  nearest: NearestReader,
  conditions: ConditionReader,
): NearestCandidates {
  return {
    beside(groups, { model, semantic }, condition, most) {
      const last = groups.at(-1) ?? [];
      if (!model || !semantic || last.length === 0) return groups;
      const found = nearest.search(modelKey(model), semantic.vector, {
        limit: NEAREST,
        among: conditions.keysOf(condition),
        passes: conditions.checkOf(condition),
      });
      const merged = new Set([...last.slice(0, Math.max(0, most - NEAREST)), ...found, ...last]);
      return [...groups.slice(0, -1), [...merged].slice(0, most)];
    },
  };
}
