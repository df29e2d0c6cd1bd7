/** What places texts in a space where those of like meaning stand close together, whoever makes the places. */

export interface EmbeddedText {
  /** Empty for a question. */
  readonly title: string;
  readonly abstract: string;
}

/** Who makes the vectors of a model: learned from the store's own papers, asked of a server, or computed by a package here. */
export type EmbeddingProvider = 'built-in' | 'endpoint' | 'local';

/** Some models want to know whether a text is a question or what answers it. */
export type Purpose = 'question' | 'paper';

export interface Embedder {
  readonly maker: EmbeddingProvider;
  /** The model's name: vectors of another name are never compared with these. */
  readonly name: string;
  /** How many texts are embedded at one go. */
  readonly batch: number;
  /**
   * One vector a text, in their order; `undefined` for a text that has no place.
   * @throws what keeps it from answering; nothing is retried for a question, as somebody waits
   */
  embed(
    texts: readonly EmbeddedText[],
    purpose: Purpose,
    signal: AbortSignal,
  ): Promise<ReadonlyArray<Float32Array | undefined>>;
  close?(): Promise<void>;
}
