/** The contract of an embedder, which maps texts to vectors so that similar meanings are close together. */

export interface EmbeddedText {
  /** Empty for a query. */
  readonly title: string;
  readonly abstract: string;
  /** Row of a stored paper, whose words may be packed already. */
  readonly pk?: number;
}

/**
 * Origin of a model's vectors: learned from the stored papers, requested from a server, or computed by a
 * local package.
 */
export type EmbeddingProvider = 'built-in' | 'endpoint' | 'local';

/** Some models embed queries and documents differently. */
export type Purpose = 'question' | 'paper';

export interface Embedder {
  readonly maker: EmbeddingProvider;
  /** Name of the model. Vectors of different models are never compared. */
  readonly name: string;
  /** Texts per call. */
  readonly batch: number;
  /**
   * Returns one vector per text, in order; `undefined` for a text without a vector.
   * @throws any failure of the embedder; queries are not retried, because a user waits
   */
  embed(
    texts: readonly EmbeddedText[],
    purpose: Purpose,
    signal: AbortSignal,
  ): Promise<ReadonlyArray<Float32Array | undefined>>;
  close?(): Promise<void>;
}
