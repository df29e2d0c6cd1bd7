/** The embedder that learns from the store's own papers: no account, no download, no network. */

import type { Embedder } from '../embedders/embedding-provider.ts';
import { FORMAT } from '../lsa/model-bytes.ts';
import type { Trainer } from './trainer.ts';

/** Fewer papers teach too little: words alone find better (measured: docs/decisions/search.md). */
export const FEWEST_PAPERS = 500;
/** A model is learned anew when the store has grown by this part. */
const GROWTH = 0.25;
/** A model of another form is learned anew. */
export const BUILT_IN_NAME = `lsa-${FORMAT}`;
/** Of a score that is closeness in meaning, as measured on people's questions: docs/decisions/search.md. */
export const BUILT_IN_WEIGHT = 0.2;
/** Papers at one go: some milliseconds. */
const BATCH = 200;

/** @param model the key that its learned model was begun under */
export function openBuiltIn(trainer: Pick<Trainer, 'embed'>, model: number): Embedder {
  return {
    maker: 'built-in',
    name: BUILT_IN_NAME,
    batch: BATCH,
    embed: (texts) => trainer.embed(model, texts),
  };
}

/** @param learnedFrom how many papers there were when it was learned */
export function isOutgrown(learnedFrom: number, papers: number): boolean {
  return papers > learnedFrom * (1 + GROWTH);
}
