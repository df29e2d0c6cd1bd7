/** A short summary of a paper, and where it came from. */
import type { Requester } from '../model/budget.ts';

/** One line; a few points; a few points for somebody from another field. */
export const LEVELS = ['line', 'short', 'newcomers'] as const;
export type Level = (typeof LEVELS)[number];

export type PointKind = 'problem' | 'approach' | 'result';

export interface SummaryPoint {
  /** Absent where a model wrote the point. */
  readonly kind?: PointKind;
  readonly text: string;
  /** The sentence of the abstract that the text rests on, where it is none itself. */
  readonly basis?: string;
}

export interface Summary {
  /** The one sentence that says what the paper did. */
  readonly tldr: string;
  readonly basis?: string;
  /** None repeats another or the TL;DR. Extracted ones are at most three, in the order problem, approach, result. */
  readonly points: readonly SummaryPoint[];
  /** How it was made, for the label: `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Why it was not made as it was asked for: a clause without a full stop. */
  readonly fallbackReason?: string;
}

/** What is summed up. */
export interface SummaryInput {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

export interface SummaryService {
  /** At once, of the abstract's own sentences. `undefined` when it has none that says more than the title. */
  summarise(paper: Pick<SummaryInput, 'title' | 'abstract'>): Promise<Summary | undefined>;
  /**
   * Written for its readers where a language model is configured, within ten seconds; extracted otherwise.
   * @param requester whose share of the day's calls it may cost one of
   */
  summariseFor(level: Level, paper: SummaryInput, requester: Requester): Promise<Summary | undefined>;
}
