/** The heavy work behind the vectors, in slices between which its thread answers other calls and rests. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Connection } from '../../db/open.ts';
import type { EmbeddedText } from '../embedders/embedding-provider.ts';
import { learn } from '../lsa/learn.ts';
import { embedTerms } from '../lsa/model.ts';
import { fromModelBytes, toModelBytes } from '../lsa/model-bytes.ts';
import { packTermVector, toTermVector } from '../text/term-vector.ts';
import { type CalibrationSample, calibrateWeight } from './calibrate-weight.ts';
import { openTrainingStore } from './training-store.ts';

/** Measured on four sets: 64 and 256 are no better. */
export const DIMENSIONS = 128;
/** Papers that a model is learned from: more teach it little and take longer. */
const MAX_LEARNED_FROM = 30_000;

/** Milliseconds of work, and of rest after them: on a machine of one core the answers come between. */
const WORK_MS = 20;
const REST_MS = 10;

export interface Trainer {
  /** What BM25 reads, packed. */
  packWords(papers: ReadonlyArray<EmbeddedText & { readonly authors: string }>): Promise<Uint8Array[]>;
  /** @returns a model of the papers as they are now, as `embedding_models.learned` keeps it */
  learn(): Promise<Uint8Array>;
  /** Where the texts stand for the built-in model that was begun under this key. */
  embed(model: number, texts: readonly EmbeddedText[]): Promise<ReadonlyArray<Float32Array | undefined>>;
  /** How much closeness in meaning should count: see {@link calibrateWeight}. */
  calibrateWeight(sample: CalibrationSample): Promise<number>;
}

/** @param connection read-only is enough */
export function openTrainer(connection: Connection): Trainer {
  const store = openTrainingStore(connection);
  let known: { readonly id: number; readonly model: ReturnType<typeof fromModelBytes> } | undefined;

  function modelOf(id: number) {
    if (known?.id !== id) {
      const bytes = store.learned(id);
      known = { id, model: bytes && fromModelBytes(bytes) };
    }
    return known.model;
  }

  return {
    packWords: async (papers) => papers.map((paper) => packTermVector(toTermVector(paper))),

    async learn() {
      const pause = openPause();
      const papers = await store.sample(MAX_LEARNED_FROM, pause);
      return toModelBytes(await learn(papers, { dimensions: DIMENSIONS, pause }));
    },

    async embed(id, texts) {
      const model = modelOf(id);
      return texts.map((text) => model && embedTerms(model, toTermVector(text)));
    },

    calibrateWeight: async (sample) => calibrateWeight(sample, openPause()),
  };
}

function openPause(): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < WORK_MS) return;
    // The immediate lets calls in that came meanwhile.
    await setImmediate();
    await setTimeout(REST_MS);
    started = performance.now();
  };
}
