/** The contract of paper summaries. */
import type { Requester } from '../model/budget.ts';

/** One line; a few points; a few points for readers from another field. */
export const LEVELS = ['line', 'short', 'newcomers'] as const;
export type Level = (typeof LEVELS)[number];

/** Characters of the sentence under a title: a list of five fits on two screens of a phone. */
export const LINE_LENGTH = 240;

/** In the order in which they are shown. */
export const POINT_KINDS = ['problem', 'approach', 'result'] as const;
export type PointKind = (typeof POINT_KINDS)[number];

export interface SummaryPoint {
  /** Absent when a model wrote the point and named none. */
  readonly kind?: PointKind;
  readonly text: string;
  /** The supporting sentence of the abstract, for generated text. */
  readonly basis?: string;
}

export interface Summary {
  /** One sentence with the main contribution. */
  readonly tldr: string;
  readonly basis?: string;
  /** The abstract's sentence, if the extracted one is a part of it. */
  readonly sentence?: string;
  /** A shorter sentence for lists, of at most `LINE_LENGTH` characters, if the first does not fit. */
  readonly line?: string;
  /**
   * Without repetitions. Extracted summaries have at most three points, in the order problem, approach,
   * result.
   */
  readonly points: readonly SummaryPoint[];
  /** Origin, for the label: `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** True if an extracted sentence is only a part of the abstract's. */
  readonly isShortened?: boolean;
  /** Reason for a simpler summary than requested: a clause without a full stop. */
  readonly fallbackReason?: string;
}

/** The paper to summarise. */
export interface SummaryInput {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

export interface SummaryService {
  /** Extracts a summary at once; `undefined` when no sentence of the abstract says more than the title. */
  summarise(paper: Pick<SummaryInput, 'title' | 'abstract'>): Promise<Summary | undefined>;
  /**
   * Generates a summary for the level, within ten seconds, or extracts one without a language model.
   * @param requester the person whose daily budget a call is charged to
   */
  summariseFor(level: Level, paper: SummaryInput, requester: Requester): Promise<Summary | undefined>;
}
