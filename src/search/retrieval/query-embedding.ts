/** Where a question stands in the space of the model that serves. */

import type { Maker } from '../embedders/embedding-provider.ts';
import type { Meaning } from '../ranking/fusion.ts';
import type { SearchPage } from '../search.ts';
import { toUnit } from '../text/vector.ts';
import type { ServingModel, VectorReader } from './vector-reader-store.ts';

/** Made outside of the thread that searches, by an embedder that may not be the one whose vectors serve. */
export interface GivenPlace {
  readonly maker: Maker;
  /** The embedder's model. */
  readonly name: string;
  readonly vector: Float32Array;
}

export interface Placed {
  readonly model?: ServingModel;
  readonly meaning?: Meaning;
  readonly state: SearchPage['meaning'];
  readonly placedBy?: SearchPage['placedBy'];
}

/** @param words what the question says, without what it excludes */
export function placeQuestion(vectors: VectorReader, words: string, given: GivenPlace | undefined): Placed {
  const model = vectors.serving();
  if (!model) return { state: 'none' };
  const place =
    model.maker === 'built-in'
      ? vectors.placeOfText(model, words)
      : fits(model, given) && toUnit(given.vector);
  if (place) return { model, meaning: { place, share: model.share }, state: 'used' };
  // The built-in model answers at once: what has no place in it has none.
  const { maker, name } = model;
  return maker === 'built-in' ? { state: 'none' } : { state: 'missing', placedBy: { maker, name } };
}

function fits({ maker, name, dimensions }: ServingModel, given: GivenPlace | undefined): given is GivenPlace {
  return given?.maker === maker && given.name === name && given.vector.length === dimensions;
}

/** Where a paper stands itself, to find its like. */
export function placeLike(vectors: VectorReader, paper: number, share: number): Placed {
  const model = vectors.serving();
  if (!model) return { state: 'none' };
  const [self] = vectors.candidates([paper], model);
  const place = self?.place && toUnit(Float32Array.from(self.place));
  return place ? { model, meaning: { place, share }, state: 'used' } : { state: 'none' };
}
