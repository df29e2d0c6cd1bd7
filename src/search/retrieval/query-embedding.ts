/** Embeds the query with the active model. */

import type { EmbeddingProvider } from '../embedders/embedding-provider.ts';
import type { SemanticQuery } from '../ranking/fusion.ts';
import type { SearchPage } from '../search.ts';
import { toUnit } from '../text/vector.ts';
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
