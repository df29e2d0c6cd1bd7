/**
 * The built-in embedder, without an account, download or network. It learns from the stored papers; a store
 * that is too small to learn from uses vectors that are shipped with the program.
 */

import type { Embedder } from '../embedders/embedding-provider.ts';
import { FORMAT } from '../lsa/model-bytes.ts';
import type { Trainer } from './trainer.ts';

/** With fewer papers, what is learned from them is worse than words alone (docs/decisions/search.md). */
export const FEWEST_PAPERS = 500;
/** Growth of the store after which the model is learned again. */
const GROWTH = 0.25;
/** Contains the format, so that a model of another format is learned again. */
export const LEARNED_NAME = `lsa-${FORMAT}`;
/** The shipped vectors. Other ones need another name. */
export const SHIPPED_NAME = `arxiv-${FORMAT}`;
/** Growth of a small store after which it is measured again how well the shipped vectors know its words. */
const GROWTH_OF_SMALL = 1;
/** Weight of similarity in the score, measured on real queries: docs/decisions/search.md. */
export const BUILT_IN_WEIGHT = 0.2;
/** Papers per call, a few milliseconds of work. */
const BATCH = 200;

/** Weight of the shipped vectors in a store whose words they know. */
const SHIPPED_WEIGHT = 0.3;
/** In a store of another field, they know the words that matter least, and words alone are better. */
const LEAST_KNOWN = 0.7;
/** From this share on, they have their whole weight. */
const WELL_KNOWN = 0.85;

/** @param model key of the model */
export function openBuiltIn(trainer: Pick<Trainer, 'embed'>, model: number, name: string): Embedder {
  return {
    maker: 'built-in',
    name,
    batch: BATCH,
    embed: (texts) => trainer.embed(model, texts),
  };
}

export function builtInNameFor(papers: number): string {
  return papers < FEWEST_PAPERS ? SHIPPED_NAME : LEARNED_NAME;
}

/** @param papers their number when the model was begun */
export function isOutgrown(
  model: { readonly name: string; readonly papers: number },
  papers: number,
): boolean {
  return papers > model.papers * (1 + (model.name === SHIPPED_NAME ? GROWTH_OF_SMALL : GROWTH));
}

/** @param known share of the weight of the store's words that the shipped vectors know */
export function weightOfShipped(known: number): number {
  const share = (known - LEAST_KNOWN) / (WELL_KNOWN - LEAST_KNOWN);
  return SHIPPED_WEIGHT * Math.min(1, Math.max(0, share));
}
