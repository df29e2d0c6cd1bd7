/**
 * Keeps the vectors of all papers up to date: packs terms, learns or requests vectors, builds a new model
 * beside the active one, and activates it when it is complete. Each step is stored at once, so that a stop
 * loses minutes at most.
 */
import type { Logger } from '../../base/log.ts';
import type { Embedder } from '../embedders/embedding-provider.ts';
import { DIMENSIONS } from '../lsa/model-bytes.ts';
import { isNearestBehind } from '../nearest/files.ts';
import { pack } from '../text/vector.ts';
import { BUILT_IN_WEIGHT, openBuiltIn, SHIPPED_NAME, weightOfShipped } from './built-in.ts';
import { calibrate } from './calibration-sample.ts';
import { canFill, isModelDue, isOf, isUpToDate, servingOf, targetModelOf } from './next-step.ts';
import type { Trainer } from './trainer.ts';
import type { IndexState, PaperText, VectorModel, VectorStore } from './vectors.ts';

export interface TrainerHandle {
  readonly trainer: Trainer;
  close(): Promise<void>;
}

export interface IndexingProgress {
  readonly what: 'index' | 'words' | 'vectors';
  readonly papers: number;
  readonly of: number;
}

export interface VectorIndexerOptions {
  readonly store: VectorStore;
  /** Starts the trainer when there is work; closed afterwards to free its memory. */
  readonly openTrainer: () => Promise<TrainerHandle>;
  /** The embedder from the settings; the built-in one when absent. */
  readonly embedder?: Embedder;
  /** Folder of nearest vectors, which the trainer keeps; without one, search finds papers by words only. */
  readonly nearest?: string;
  readonly log: Logger;
  readonly onProgress?: (progress: IndexingProgress) => void;
}

export interface VectorIndexer {
  /**
   * Brings all vectors up to date.
   * @throws errors of the embedder, keeping completed steps; the signal's reason when it is aborted
   */
  sync(signal: AbortSignal): Promise<void>;
  /**
   * Brings this process's folder of nearest vectors up to date, with the vectors that another process has
   * learned. Does nothing during a {@link sync}, which does it as well.
   */
  syncNearest(signal: AbortSignal): Promise<void>;
}

const WORDS_BATCH = 200;
/** In a smaller store, words find nearly all papers that are near. */
const NEAREST_FROM = 1_000;
/** Any text, to find the length of its vector. */
const PROBE = { title: '', abstract: 'papers' };

type Begun = Pick<VectorModel, 'id' | 'dimensions'>;
type Pack = (papers: readonly PaperText[]) => Promise<Uint8Array[]>;

export function openVectorIndexer({
  store,
  openTrainer,
  embedder,
  nearest,
  log,
  onProgress,
}: VectorIndexerOptions): VectorIndexer {
  let target = targetModelOf(embedder, 0);
  let swept = false;

  /** Measures the length of the vectors once, and again when it changes. */
  async function measure(by: Embedder, signal: AbortSignal): Promise<void> {
    if (target.dimensions !== undefined) return;
    const [probe] = await by.embed([PROBE], 'paper', signal);
    if (!probe) throw new Error(`${by.name} returned no vector`);
    target = { ...target, dimensions: probe.length };
  }

  /** Words first, because every search needs them. */
  async function reindex({ index }: IndexState, signal: AbortSignal): Promise<void> {
    for (let state = index; !state.isDone; state = await store.reindex()) {
      signal.throwIfAborted();
      onProgress?.({ what: 'index', papers: state.reached, of: state.last });
    }
  }

  async function sweep(signal: AbortSignal): Promise<void> {
    for (let from: number | undefined = 0; from !== undefined; from = await store.sweep(from)) {
      signal.throwIfAborted();
    }
    swept = true;
  }

  async function fill(
    model: number,
    what: IndexingProgress['what'],
    batch: number,
    packAll: Pack,
    signal: AbortSignal,
  ): Promise<void> {
    const { papers: of } = await store.overview();
    for (;;) {
      signal.throwIfAborted();
      const { papers, reached, isLast } = await store.pending(model, batch);
      const bytes = papers.length > 0 ? await packAll(papers) : [];
      const packed = papers.map((paper, at) => ({ paper, bytes: bytes[at] ?? new Uint8Array() }));
      if (papers.length > 0 || !isLast) await store.save(model, packed, reached);
      if (papers.length > 0) onProgress?.({ what, papers: reached, of });
      // Other papers may have been added or changed in the meantime.
      if (isLast && papers.length === 0) return;
    }
  }

  /** False for a small store. */
  function isNearestDue({ models, papers, last }: IndexState): boolean {
    const serving = servingOf(models);
    if (nearest === undefined || !serving || papers < NEAREST_FROM) return false;
    return isNearestBehind(nearest, serving, last);
  }

  function fillVectors({ id, dimensions }: Begun, by: Embedder, signal: AbortSignal): Promise<void> {
    const packAll: Pack = async (papers) => {
      const vectors = await by.embed(papers, 'paper', signal);
      if (vectors.some((vector) => vector && vector.length !== dimensions)) {
        target = targetModelOf(embedder, 0);
        throw new Error(
          `${by.name} returned vectors of another length than before; all papers will be embedded again`,
        );
      }
      const titles = papers.filter((_, at) => !vectors[at]).map(({ title }) => title);
      if (titles.length > 0 && by.maker !== 'built-in') {
        log.warn({ model: by.name, titles }, 'embedder: texts rejected');
      }
      return vectors.map((vector) => (vector ? new Uint8Array(pack(vector).buffer) : new Uint8Array()));
    };
    return fill(id, 'vectors', by.batch, packAll, signal);
  }

  function embedderOf(
    trainer: Trainer,
    { id, maker, name }: Pick<VectorModel, 'id' | 'maker' | 'name'>,
  ): Embedder {
    return embedder && maker === embedder.maker ? embedder : openBuiltIn(trainer, id, name);
  }

  function builtInModel(trainer: Trainer): Promise<Uint8Array> {
    return target.name === SHIPPED_NAME ? trainer.shipped() : trainer.learn();
  }

  async function weightOf(
    trainer: Trainer,
    model: number,
    by: Embedder,
    papers: number,
    signal: AbortSignal,
  ) {
    if (by.name === SHIPPED_NAME) return weightOfShipped(await trainer.knownShare(model));
    if (by.maker === 'built-in') return BUILT_IN_WEIGHT;
    return calibrate({ store, trainer, by, papers, signal });
  }

  /** Continues an unfinished model, or begins a new one. */
  async function build(
    trainer: Trainer,
    { models, papers }: IndexState,
  ): Promise<Begun & { readonly by: Embedder }> {
    const begun = models.find(({ state }) => state === 'building');
    if (begun && isOf(begun, target)) return { ...begun, by: embedderOf(trainer, begun) };
    const { dimensions = DIMENSIONS } = target;
    const learned = embedder ? {} : { learned: await builtInModel(trainer) };
    const id = await store.begin({ ...target, dimensions, papers, ...learned });
    return { id, dimensions, by: embedder ?? openBuiltIn(trainer, id, target.name) };
  }

  async function syncWith(trainer: Trainer, signal: AbortSignal): Promise<void> {
    const state = await store.overview();
    const { models, papers } = state;
    const words = models.find(({ maker }) => maker === 'words');
    if (words) await fill(words.id, 'words', WORDS_BATCH, (texts) => trainer.packWords(texts), signal);
    const serving = servingOf(models);
    // The built-in model stays complete while the configured embedder is down.
    if (serving?.maker === 'built-in' && canFill(serving, target)) {
      await fillVectors(serving, embedderOf(trainer, serving), signal);
    }
    if (embedder && papers > 0) await measure(embedder, signal);
    if (serving && serving.maker !== 'built-in' && canFill(serving, target)) {
      await fillVectors(serving, embedderOf(trainer, serving), signal);
    }
    if (!isModelDue(state, target)) return;
    const { by, ...begun } = await build(trainer, state);
    await fillVectors(begun, by, signal);
    const weight = await weightOf(trainer, begun.id, by, papers, signal);
    await store.promote(begun.id, weight);
    log.info({ maker: by.maker, model: by.name, papers, weight }, 'embedder: model activated');
    swept = false;
  }

  async function withTrainer(signal: AbortSignal, work: (trainer: Trainer) => Promise<void>): Promise<void> {
    const { trainer, close } = await openTrainer();
    const give = () => void close();
    signal.addEventListener('abort', give, { once: true });
    try {
      await work(trainer);
    } catch (error) {
      // Closing the trainer fails the running call; the signal has the real reason.
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', give);
      await close();
    }
  }

  async function syncAll(signal: AbortSignal): Promise<void> {
    const state = await store.overview();
    if (!embedder) target = targetModelOf(undefined, state.papers);
    const isMeasured = !embedder || state.papers === 0 || target.dimensions !== undefined;
    if (isMeasured && isUpToDate(state, target) && !isNearestDue(state)) return;
    await reindex(state, signal);
    await withTrainer(signal, async (trainer) => {
      await syncWith(trainer, signal);
      if (isNearestDue(await store.overview())) await trainer.updateNearest();
    });
    if (!swept) await sweep(signal);
  }

  let running: Promise<void> = Promise.resolve();
  let isSyncing = false;

  return {
    async sync(signal) {
      isSyncing = true;
      try {
        await running;
        await syncAll(signal);
      } finally {
        isSyncing = false;
      }
    },
    async syncNearest(signal) {
      if (isSyncing || !isNearestDue(await store.overview())) return;
      const updated = withTrainer(signal, (trainer) => trainer.updateNearest());
      running = updated.catch(() => undefined);
      await updated;
    },
  };
}
