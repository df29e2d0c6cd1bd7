/** What there is to do about models: decided from what stands in the database and in the settings, nothing else. */

import type { Embedder } from '../embedders/embedding-provider.ts';
import { BUILT_IN_NAME, FEWEST_PAPERS, isOutgrown } from './built-in.ts';
import type { IndexState, VectorModel } from './vectors.ts';

/** What should serve. */
export interface TargetModel extends Pick<Embedder, 'maker' | 'name'> {
  /** How long its vectors are, once it has been asked: a server may change that and keep the name. */
  readonly dimensions?: number;
}

/** What the settings ask for: the built-in embedder when they name none. */
export function targetModelOf(embedder: TargetModel | undefined): TargetModel {
  return embedder
    ? { maker: embedder.maker, name: embedder.name }
    : { maker: 'built-in', name: BUILT_IN_NAME };
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

/** Whether another model should serve than the one that does. */
export function isModelDue(
  { papers, models }: Pick<IndexState, 'papers' | 'models'>,
  target: TargetModel,
): boolean {
  const serving = servingOf(models);
  if (target.maker !== 'built-in') return papers > 0 && !(serving && isOf(serving, target));
  if (papers < FEWEST_PAPERS) return false;
  return !serving || !isOf(serving, target) || isOutgrown(serving.papers, papers);
}

/** Whether every paper has what its words and the serving model give, and the model is the right one. */
export function isUpToDate(state: IndexState, target: TargetModel): boolean {
  const { papers, models, index } = state;
  const kept = models.filter(
    (model) => model.maker === 'words' || (model.state === 'serving' && canFill(model, target)),
  );
  return (
    !isModelDue(state, target) &&
    index.reached === index.last &&
    kept.every(({ reached }) => reached >= papers)
  );
}

/** The built-in embedder is always here; another one only while the settings name it. */
export function canFill(model: VectorModel, target: TargetModel): boolean {
  return model.maker === 'built-in' ? model.name === BUILT_IN_NAME : isOf(model, target);
}
