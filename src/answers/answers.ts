/** Answers to questions about papers, with quotes from their abstracts. */
import type { Requester } from '../model/budget.ts';
import type { Paper } from '../papers/paper.ts';

export interface Quote {
  readonly paper: Paper;
  /** Verbatim from the abstract. */
  readonly sentence: string;
}

/** A sentence written by a model. */
export interface Said {
  readonly text: string;
  /** One of the answer's quotes. */
  readonly basis: Quote;
}

export interface Answer {
  /** Sentences of a model; empty if the quotes are the answer. */
  readonly said: readonly Said[];
  /** Supporting quotes, best first; empty if the abstracts have no answer. */
  readonly quotes: readonly Quote[];
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Reason why the model was not used, as a clause without a full stop. */
  readonly fallbackReason?: string;
}

export const ASPECTS = ['problem', 'approach', 'data', 'result'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** A sentence for each aspect in the abstract, verbatim or written by a model. */
export type Aspects = Readonly<Partial<Record<Aspect, string>>>;

export interface Compared {
  readonly paper: Paper;
  readonly aspects: Aspects;
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Reason why the model was not used, as a clause without a full stop. */
  readonly fallbackReason?: string;
}

export interface AnswerService {
  /**
   * Takes at most ten seconds.
   * @param requester person whose limit a call to the language model counts towards
   */
  askPaper(question: string, paper: Paper, requester: Requester): Promise<Answer>;
  /** Searches all papers for those that may have the answer. */
  askAll(question: string, requester: Requester): Promise<Answer>;
  /** In the order of the papers. Falls back to extracted aspects for each paper separately. */
  compare(papers: readonly Paper[], requester: Requester): Promise<Compared[]>;
}
