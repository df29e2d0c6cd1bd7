/** The contract of the vector store: of `embedding_models`, `paper_vectors` and `missing_vectors`. */
import type { EmbeddingModelTable } from '../../db/tables/papers.ts';
import type { Reindexing } from '../../papers/reindex-store.ts';

export interface VectorModel
  extends Pick<EmbeddingModelTable, 'maker' | 'name' | 'dimensions' | 'state' | 'papers' | 'share'> {
  readonly id: number;
  /** All papers up to this key have vectors. */
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
  /** Detects papers that were changed since. */
  readonly changedAt: string;
}

export interface Packed {
  readonly paper: PaperText;
  /** Empty for a paper without a vector in this model. */
  readonly bytes: Uint8Array;
}

export interface PendingSlice {
  readonly papers: readonly PaperText[];
  /** All papers up to this key have vectors once these are saved. */
  readonly reached: number;
  readonly isLast: boolean;
}

export interface IndexState {
  /** Approximate number of papers, from the newest key. */
  readonly papers: number;
  readonly models: readonly VectorModel[];
  /** The vector that was stored last: its row ID, and its paper. */
  readonly last: { readonly row: number; readonly paper: number };
  /** Progress of updating the word index to the current format. */
  readonly index: Reindexing;
}

export interface VectorStore {
  overview(): Promise<IndexState>;
  /** Indexes papers again that an older version indexed, a few hundred at a time. */
  reindex(): Promise<Reindexing>;
  /** Returns papers without a vector of the model, the oldest first: those that changed, then new ones. */
  pending(model: number, limit: number): Promise<PendingSlice>;
  save(model: number, packed: readonly Packed[], reached: number): Promise<void>;
  /** Begins a model and discards an unfinished one. It is not active yet. */
  begin(model: NewModel): Promise<number>;
  /** Activates the model and removes the former one. */
  promote(model: number, share: number): Promise<void>;
  /** Removes vectors of deleted models, a few thousand papers at a time. @returns the key to continue from */
  sweep(from: number): Promise<number | undefined>;
  /** Samples papers with an abstract from the whole store. @param step every n-th paper */
  sample(count: number, step: number): Promise<PaperText[]>;
}
