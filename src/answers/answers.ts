/** Answers to questions about papers, out of what their abstracts say, and where each stands. */
import type { Requester } from '../model/budget.ts';
import type { Paper } from '../papers/paper.ts';

export interface Quote {
  readonly paper: Paper;
  /** As it stands in the abstract. */
  readonly sentence: string;
}

/** A sentence of a model's. */
export interface Said {
  readonly text: string;
  /** One of the answer's quotes. */
  readonly basis: Quote;
}

export interface Answer {
  /** What a model wrote; empty when the quotes are the answer. */
  readonly said: readonly Said[];
  /** What the answer rests on, the best first; empty when the abstracts do not say. */
  readonly quotes: readonly Quote[];
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Why no model wrote it though one could: a clause without a full stop. */
  readonly fallbackReason?: string;
}

export const ASPECTS = ['problem', 'approach', 'data', 'result'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What the abstract says of each aspect that it speaks of: a sentence of its own, or a model's that rests on one. */
export type Aspects = Readonly<Partial<Record<Aspect, string>>>;

export interface Compared {
  readonly paper: Paper;
  readonly aspects: Aspects;
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Why no model wrote it though one could: a clause without a full stop. */
  readonly fallbackReason?: string;
}

export interface AnswerService {
  /** Within ten seconds. @param requester whose share of the language model's calls it may cost one of */
  askPaper(question: string, paper: Paper, requester: Requester): Promise<Answer>;
  /** Over all papers, by searching for those that may know. */
  askAll(question: string, requester: Requester): Promise<Answer>;
  /** In the order of the papers. One whose aspects a model cannot write has extracted ones, whatever the others have. */
  compare(papers: readonly Paper[], requester: Requester): Promise<Compared[]>;
}
