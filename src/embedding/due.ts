/** What there is to do about models: decided from what stands in the database and in the settings, nothing else. */
import { BUILT_IN_NAME, FEWEST_PAPERS, isOutgrown } from './built-in.ts';
import type { Embedder } from './port.ts';
import type { VectorModel } from './vectors.ts';

export interface Situation {
  readonly papers: number;
  readonly models: readonly VectorModel[];
}

type Named = Pick<Embedder, 'maker' | 'name'>;

/** What the settings ask for: the built-in embedder when they name none. */
export function wantedBy(embedder: Named | undefined): Named {
  return embedder ?? { maker: 'built-in', name: BUILT_IN_NAME };
}

export function servingOf(models: readonly VectorModel[]): VectorModel | undefined {
  return models.find(({ maker, state }) => maker !== 'words' && state === 'serving');
}

export function isOf(model: Pick<VectorModel, 'maker' | 'name'>, { maker, name }: Named): boolean {
  return model.maker === maker && model.name === name;
}

/** Whether another model should serve than the one that does. */
export function isModelDue({ papers, models }: Situation, wanted: Named): boolean {
  const serving = servingOf(models);
  if (wanted.maker !== 'built-in') return papers > 0 && !(serving && isOf(serving, wanted));
  if (papers < FEWEST_PAPERS) return false;
  return !serving || !isOf(serving, wanted) || isOutgrown(serving.papers, papers);
}

/** Whether every paper has what its words and the serving model give, and the model is the right one. */
export function isUpToDate(situation: Situation, wanted: Named): boolean {
  const { papers, models } = situation;
  const kept = models.filter(
    (model) => model.maker === 'words' || (model.state === 'serving' && canFill(model, wanted)),
  );
  return !isModelDue(situation, wanted) && kept.every(({ reached }) => reached >= papers);
}

/** The built-in embedder is always here; another one only while the settings name it. */
export function canFill(model: VectorModel, wanted: Named): boolean {
  return model.maker === 'built-in' ? model.name === BUILT_IN_NAME : isOf(model, wanted);
}
