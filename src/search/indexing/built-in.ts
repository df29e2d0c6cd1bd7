/** The built-in embedder, which learns from the stored papers without an account, download or network. */

import type { Embedder } from '../embedders/embedding-provider.ts';
import { FORMAT } from '../lsa/model-bytes.ts';
import type { Trainer } from './trainer.ts';

/** With fewer papers, search by words alone is better (measured in docs/decisions/search.md). */
export const FEWEST_PAPERS = 500;
/** Growth of the store after which the model is learned again. */
const GROWTH = 0.25;
/** Contains the format, so that a model of another format is learned again. */
export const BUILT_IN_NAME = `lsa-${FORMAT}`;
/** Weight of similarity in the score, measured on real queries: docs/decisions/search.md. */
export const BUILT_IN_WEIGHT = 0.2;
/** Papers per call, a few milliseconds of work. */
const BATCH = 200;

/** @param model key of the learned model */
export function openBuiltIn(trainer: Pick<Trainer, 'embed'>, model: number): Embedder {
  return {
    maker: 'built-in',
    name: BUILT_IN_NAME,
    batch: BATCH,
    embed: (texts) => trainer.embed(model, texts),
  };
}

/** @param learnedFrom number of papers at the time of learning */
export function isOutgrown(learnedFrom: number, papers: number): boolean {
  return papers > learnedFrom * (1 + GROWTH);
}
