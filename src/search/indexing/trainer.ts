/** Heavy computations for vectors, with pauses so that the thread can answer other calls. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DatabaseConnection } from '../../db/connection.ts';
import { openGivingWay } from '../../workers/give-way.ts';
import type { EmbeddedText } from '../embedders/embedding-provider.ts';
import { learn } from '../lsa/learn.ts';
import { embedTerms, knownShare } from '../lsa/model.ts';
import { DIMENSIONS, fromModelBytes, toModelBytes } from '../lsa/model-bytes.ts';
import { updateNearest } from '../nearest/nearest-writer.ts';
import { openVectorSource } from '../nearest/vector-source.ts';
import { packTermVector, toTermVector } from '../text/term-vector.ts';
import { type CalibrationSample, calibrateWeight } from './calibrate-weight.ts';
import { openTrainingStore } from './training-store.ts';

/** Made by bench/training/train-meaning.ts. */
const SHIPPED = import.meta.resolve('#meaning/arxiv-vectors.bin');
/** Training papers. More add little and take longer. */
const MAX_LEARNED_FROM = 30_000;

export interface Trainer {
  /** Packs term vectors for BM25. */
  packWords(papers: ReadonlyArray<EmbeddedText & { readonly authors: string }>): Promise<Uint8Array[]>;
  /** @returns a model of the current papers, in the format of `embedding_models.learned` */
  learn(): Promise<Uint8Array>;
  /** @returns the shipped model, in the same format */
  shipped(): Promise<Uint8Array>;
  /** See {@link knownShare}; of a sample of the current papers. */
  knownShare(model: number): Promise<number>;
  /** Embeds texts with the built-in model under this key. */
  embed(model: number, texts: readonly EmbeddedText[]): Promise<ReadonlyArray<Float32Array | undefined>>;
  /** See {@link calibrateWeight}. */
  calibrateWeight(sample: CalibrationSample): Promise<number>;
  /** See {@link updateNearest}. */
  updateNearest(): Promise<void>;
}

/**
 * @param connection read-only is enough
 * @param folder of nearest vectors
 */
export function openTrainer(connection: DatabaseConnection, folder?: string): Trainer {
  const store = openTrainingStore(connection);
  const source = openVectorSource(connection);
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
      const pause = openGivingWay();
      const papers = await store.sample(MAX_LEARNED_FROM, pause);
      return toModelBytes(await learn(papers, { dimensions: DIMENSIONS, pause }));
    },

    shipped: () => readFile(fileURLToPath(SHIPPED)),

    async knownShare(id) {
      const model = modelOf(id);
      return model ? knownShare(model, await store.sample(MAX_LEARNED_FROM, openGivingWay())) : 0;
    },

    async embed(id, texts) {
      const model = modelOf(id);
      if (!model) return texts.map(() => undefined);
      // Half as much work as to read the words of the texts again.
      const packed = store.packedWords(texts.flatMap(({ pk }) => pk ?? []));
      return texts.map((text) => embedTerms(model, packed.get(text.pk ?? 0) ?? toTermVector(text)));
    },

    calibrateWeight: async (sample) => calibrateWeight(sample, openGivingWay()),

    async updateNearest() {
      if (folder !== undefined) await updateNearest({ folder, source, pause: openGivingWay() });
    },
  };
}
