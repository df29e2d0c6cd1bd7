/** A short summary of a paper, and where it came from. */

export type PointKind = 'problem' | 'approach' | 'result';

export interface SummaryPoint {
  readonly kind: PointKind;
  /** A sentence of the abstract. */
  readonly text: string;
}

export interface Summary {
  /** The one sentence that says what the paper did. */
  readonly tldr: string;
  /** At most three, in the order problem, approach, result; none repeats another or the TL;DR. */
  readonly points: readonly SummaryPoint[];
  /** How it was made, for the label: `extracted`, or the name of a model. */
  readonly madeBy: string;
}

export interface SummaryService {
  /** `undefined` when the paper has no abstract to summarise. */
  summarise(paper: { readonly title: string; readonly abstract: string }): Promise<Summary | undefined>;
}
