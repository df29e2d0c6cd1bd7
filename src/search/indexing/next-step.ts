/** Decides the next indexing step from the database and the settings alone. */

import type { Embedder } from '../embedders/embedding-provider.ts';
import { builtInNameFor, isOutgrown, LEARNED_NAME, SHIPPED_NAME } from './built-in.ts';
import type { IndexState, VectorModel } from './vectors.ts';

/** The model that should be active. */
export interface TargetModel extends Pick<Embedder, 'maker' | 'name'> {
  /** Length of its vectors, once known: a server may change it under the same name. */
  readonly dimensions?: number;
}

/** Returns the model from the settings; by default the built-in one for this number of papers. */
export function targetModelOf(embedder: TargetModel | undefined, papers: number): TargetModel {
  return embedder
    ? { maker: embedder.maker, name: embedder.name }
    : { maker: 'built-in', name: builtInNameFor(papers) };
}

export function servingOf(models: readonly VectorModel[]): VectorModel | undefined {
  return models.find(({ maker, state }) => maker !== 'words' && state === 'serving');
}

export function isOf(
  model: Pick<VectorModel, 'maker' | 'name' | 'dimensions'>,
  { maker, name, dimensions = model.dimensions }: TargetModel,
): boolean {
  return model.maker === maker && model.name === name && model.dimensions === dimensions;
}

/** True when another model should replace the active one. */
export function isModelDue(
  { papers, models }: Pick<IndexState, 'papers' | 'models'>,
  target: TargetModel,
): boolean {
  const serving = servingOf(models);
  if (papers === 0) return false;
  if (target.maker !== 'built-in') return !(serving && isOf(serving, target));
  if (!serving) return true;
  // What was learned from the store stays, even if most papers are removed.
  const isKept = isOf(serving, target) || isOf(serving, { ...target, name: LEARNED_NAME });
  return !isKept || isOutgrown(serving, papers);
}

/** True when every paper has its term vector and a vector of the right model. */
export function isUpToDate(state: IndexState, target: TargetModel): boolean {
  const { papers, models, index } = state;
  const kept = models.filter(
    (model) => model.maker === 'words' || (model.state === 'serving' && canFill(model, target)),
  );
  return !isModelDue(state, target) && index.isDone && kept.every(({ reached }) => reached >= papers);
}

/**
 * True when new vectors of the model can be computed. The built-in one is always available; another one only
 * while configured.
 */
export function canFill(model: VectorModel, target: TargetModel): boolean {
  return model.maker === 'built-in' ? [LEARNED_NAME, SHIPPED_NAME].includes(model.name) : isOf(model, target);
}
