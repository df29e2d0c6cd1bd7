/** What the program asks of the database about models and vectors; the rows of `embedding_models` and `paper_vectors`. */
import type { EmbeddingModelTable } from '../../db/schema.ts';
import type { Reindexing } from '../../papers/reindex-store.ts';

export interface VectorModel
  extends Pick<EmbeddingModelTable, 'maker' | 'name' | 'dimensions' | 'state' | 'papers' | 'share'> {
  readonly id: number;
  /** Every paper up to this key has its vector. */
  readonly reached: number;
}

export type NewModel = Pick<EmbeddingModelTable, 'maker' | 'name' | 'dimensions' | 'papers'> & {
  readonly learned?: Uint8Array;
};

export interface PaperText {
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  /** By which a paper that was changed since is told. */
  readonly changedAt: string;
}

export interface Packed {
  readonly paper: PaperText;
  /** Empty for a paper that has no place in this model. */
  readonly bytes: Uint8Array;
}

export interface PendingSlice {
  readonly papers: readonly PaperText[];
  /** Every paper up to this key has its vector once these have. */
  readonly reached: number;
  readonly isLast: boolean;
}

export interface IndexState {
  /** About how many there are, as the newest key tells. */
  readonly papers: number;
  readonly models: readonly VectorModel[];
  /** How far the words' index is of the form of this program. */
  readonly index: Reindexing;
}

export interface VectorStore {
  overview(): Promise<IndexState>;
  /** Reads papers again that an older program indexed, some hundred at a time. */
  reindex(): Promise<Reindexing>;
  /** Papers without a vector of the model, the oldest first. */
  pending(model: number, limit: number): Promise<PendingSlice>;
  save(model: number, packed: readonly Packed[], reached: number): Promise<void>;
  /** Begins a model, in the place of one that was begun and not finished. Nobody is answered by it yet. */
  begin(model: NewModel): Promise<number>;
  /** From now on this model answers; the one before is removed. */
  promote(model: number, share: number): Promise<void>;
  /** Removes vectors of models that are gone, some thousand papers at a time. @returns where to go on */
  sweep(from: number): Promise<number | undefined>;
  /** Papers with an abstract from the whole store. @param step the one in how many */
  sample(count: number, step: number): Promise<PaperText[]>;
}
