/** Embeds a few hundred papers for {@link calibrateWeight}. */

import type { EmbeddedText, Embedder, Purpose } from '../embedders/embedding-provider.ts';
import { type HeldOut, holdOut } from './calibrate-weight.ts';
import type { Trainer } from './trainer.ts';
import type { VectorStore } from './vectors.ts';

interface CalibrateOptions {
  readonly store: VectorStore;
  readonly trainer: Trainer;
  readonly by: Embedder;
  /** Number of papers in the store. */
  readonly papers: number;
  readonly signal: AbortSignal;
}

const SAMPLE_SIZE = 300;

/** @returns the weight of similarity in the score */
export async function calibrate({ store, trainer, by, papers, signal }: CalibrateOptions): Promise<number> {
  const sampled = await store.sample(SAMPLE_SIZE, Math.max(1, Math.floor(papers / SAMPLE_SIZE)));
  const held = sampled.map(holdOut).filter((one): one is HeldOut => one !== undefined);
  const embed = async (texts: readonly EmbeddedText[], purpose: Purpose) => {
    const vectors: Array<Float32Array | undefined> = [];
    for (let from = 0; from < texts.length; from += by.batch) {
      vectors.push(...(await by.embed(texts.slice(from, from + by.batch), purpose, signal)));
    }
    return vectors;
  };
  const questions = await embed(
    held.map(({ question }) => question),
    'question',
  );
  const rests = await embed(
    held.map(({ rest }) => rest),
    'paper',
  );
  return trainer.calibrateWeight(
    held.map((one, at) => ({ ...one, questionVector: questions[at], restVector: rests[at] })),
  );
}
