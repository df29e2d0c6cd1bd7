/** Where a question stands in the space of the model that serves. */

import type { EmbeddingProvider } from '../embedders/embedding-provider.ts';
import type { SemanticQuery } from '../ranking/fusion.ts';
import type { SearchPage } from '../search.ts';
import { toUnit } from '../text/vector.ts';
import type { ServingModel, VectorReader } from './vector-reader-store.ts';

/** Made outside of the thread that searches, by an embedder that may not be the one whose vectors serve. */
export interface QueryEmbedding {
  readonly maker: EmbeddingProvider;
  /** The embedder's model. */
  readonly name: string;
  readonly vector: Float32Array;
}

export interface SemanticPlan {
  readonly model?: ServingModel;
  readonly semantic?: SemanticQuery;
  readonly state: SearchPage['semantic'];
  readonly embedWith?: SearchPage['embedWith'];
}

/** @param words what the question says, without what it excludes */
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
  // The built-in model answers at once: what has no place in it has none.
  const { maker, name } = model;
  return maker === 'built-in' ? { state: 'none' } : { state: 'missing', embedWith: { maker, name } };
}

function fits(
  { maker, name, dimensions }: ServingModel,
  given: QueryEmbedding | undefined,
): given is QueryEmbedding {
  return given?.maker === maker && given.name === name && given.vector.length === dimensions;
}

/** Where a paper stands itself, to find its like. */
export function embedPaper(vectors: VectorReader, paper: number, weight: number): SemanticPlan {
  const model = vectors.serving();
  if (!model) return { state: 'none' };
  const [self] = vectors.candidates([paper], model);
  const vector = self?.vector && toUnit(Float32Array.from(self.vector));
  return vector ? { model, semantic: { vector, weight }, state: 'used' } : { state: 'none' };
}
