/**
 * Keeps every paper's vectors up to date: packs words, learns or asks for places, builds a new model beside the one that
 * serves, and lets it serve when it is whole. Every step is stored at once, so that stopping anywhere loses minutes at most.
 */
import type { Logger } from '../../base/log.ts';
import type { Embedder } from '../embedders/embedding-provider.ts';
import { pack } from '../text/vector.ts';
import { BUILT_IN_SHARE, openBuiltIn } from './built-in.ts';
import { rehearse } from './calibration-sample.ts';
import { canFill, isModelDue, isOf, isUpToDate, type Situation, servingOf, wantedBy } from './next-step.ts';
import { DIMENSIONS, type Lab } from './trainer.ts';
import type { PaperText, VectorModel, VectorStore } from './vectors.ts';

export interface OpenedLab {
  readonly lab: Lab;
  close(): Promise<void>;
}

export interface KeepingProgress {
  readonly what: 'words' | 'places';
  readonly papers: number;
  readonly of: number;
}

export interface KeeperOptions {
  readonly store: VectorStore;
  /** Started when there is something to do, and closed after it: its memory goes back. */
  readonly openLab: () => Promise<OpenedLab>;
  /** The one that the settings name; without one the built-in is used. */
  readonly embedder?: Embedder;
  readonly log: Logger;
  readonly onProgress?: (progress: KeepingProgress) => void;
}

export interface Keeper {
  /**
   * Brings everything up to date.
   * @throws what an embedder throws; what was done stays done. The signal's reason when it is aborted
   */
  keep(signal: AbortSignal): Promise<void>;
}

const WORDS_BATCH = 200;
/** Any text: what counts is how long its vector is. */
const PROBE = { title: '', abstract: 'papers' };

type Begun = Pick<VectorModel, 'id' | 'dimensions'>;
type Pack = (papers: readonly PaperText[]) => Promise<Uint8Array[]>;

export function openKeeper({ store, openLab, embedder, log, onProgress }: KeeperOptions): Keeper {
  let wanted = wantedBy(embedder);
  let swept = false;

  /** Once, and again when its vectors turn out to be of another length. */
  async function measure(by: Embedder, signal: AbortSignal): Promise<void> {
    if (wanted.dimensions !== undefined) return;
    const [probe] = await by.embed([PROBE], 'paper', signal);
    if (!probe) throw new Error(`${by.name} gave no vector`);
    wanted = { ...wanted, dimensions: probe.length };
  }

  async function sweep(signal: AbortSignal): Promise<void> {
    for (let from: number | undefined = 0; from !== undefined; from = await store.sweep(from)) {
      signal.throwIfAborted();
    }
    swept = true;
  }

  async function fill(
    model: number,
    what: KeepingProgress['what'],
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
      // Papers may have come or changed while the last ones were worked on.
      if (isLast && papers.length === 0) return;
    }
  }

  function fillPlaces({ id, dimensions }: Begun, by: Embedder, signal: AbortSignal): Promise<void> {
    const packAll: Pack = async (papers) => {
      const vectors = await by.embed(papers, 'paper', signal);
      if (vectors.some((vector) => vector && vector.length !== dimensions)) {
        wanted = wantedBy(embedder);
        throw new Error(
          `${by.name} gives vectors of another length than before; all papers are to be placed anew`,
        );
      }
      const titles = papers.filter((_, at) => !vectors[at]).map(({ title }) => title);
      if (titles.length > 0 && by.maker !== 'built-in') {
        log.warn(
          { model: by.name, titles },
          'the embedder has no place for some papers; words still find them',
        );
      }
      return vectors.map((vector) => (vector ? new Uint8Array(pack(vector).buffer) : new Uint8Array()));
    };
    return fill(id, 'places', by.batch, packAll, signal);
  }

  function embedderOf(lab: Lab, { id, maker }: Pick<VectorModel, 'id' | 'maker'>): Embedder {
    return embedder && maker === embedder.maker ? embedder : openBuiltIn(lab, id);
  }

  /** Goes on with a model that was begun, or begins one. */
  async function build(lab: Lab, { models, papers }: Situation): Promise<Begun & { readonly by: Embedder }> {
    const begun = models.find(({ state }) => state === 'building');
    if (begun && isOf(begun, wanted)) return { ...begun, by: embedderOf(lab, begun) };
    const { dimensions = DIMENSIONS } = wanted;
    const learned = embedder ? {} : { learned: await lab.learn() };
    const id = await store.begin({ ...wanted, dimensions, papers, ...learned });
    return { id, dimensions, by: embedder ?? openBuiltIn(lab, id) };
  }

  async function keepWith(lab: Lab, signal: AbortSignal): Promise<void> {
    const situation = await store.overview();
    const { models, papers } = situation;
    const words = models.find(({ maker }) => maker === 'words');
    if (words) await fill(words.id, 'words', WORDS_BATCH, (texts) => lab.packWords(texts), signal);
    const serving = servingOf(models);
    // The built-in one needs nobody: it goes on serving whole while the other one is away.
    if (serving?.maker === 'built-in' && canFill(serving, wanted)) {
      await fillPlaces(serving, embedderOf(lab, serving), signal);
    }
    if (embedder && papers > 0) await measure(embedder, signal);
    if (serving && serving.maker !== 'built-in' && canFill(serving, wanted)) {
      await fillPlaces(serving, embedderOf(lab, serving), signal);
    }
    if (!isModelDue(situation, wanted)) return;
    const { by, ...begun } = await build(lab, situation);
    await fillPlaces(begun, by, signal);
    const share =
      by.maker === 'built-in' ? BUILT_IN_SHARE : await rehearse({ store, lab, by, papers, signal });
    await store.promote(begun.id, share);
    log.info({ maker: by.maker, model: by.name, papers, share }, 'a new model serves');
    swept = false;
  }

  return {
    async keep(signal) {
      const situation = await store.overview();
      const isMeasured = !embedder || situation.papers === 0 || wanted.dimensions !== undefined;
      if (isMeasured && isUpToDate(situation, wanted)) return;
      const { lab, close } = await openLab();
      const give = () => void close();
      signal.addEventListener('abort', give, { once: true });
      try {
        await keepWith(lab, signal);
      } catch (error) {
        // A lab that is closed in the middle of a call fails it: what counts is why.
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', give);
        await close();
      }
      if (!swept) await sweep(signal);
    },
  };
}
