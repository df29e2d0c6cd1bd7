/** Describes what a person or team likes, from their signals. Pure. */
import { findTerm, type TermVector } from '../../search/text/term-vector.ts';
import type { Signals } from '../signals-store.ts';
import type { WeightedPaper } from './co-saves.ts';
import { type TermRarity, type TermWeights, toInterest, toNamedWeights, toTermWeights } from './interests.ts';
import type { JudgedPaper } from './reasons.ts';
import { isAbout, mentionsOf, namedSubjects, type Subject } from './subjects.ts';
import { weighSignals } from './weighing.ts';

/** A subject that a person named, next to a saved paper. */
const SUBJECT = 2;
/** Saved papers whose interest the order follows. */
const VARIED_BY = 40;
/** Unwanted papers that each candidate is compared with, the latest. */
const DISLIKED_COMPARED = 20;

export interface InterestProfile {
  /** Saved and judged papers that have terms. */
  readonly sources: readonly JudgedPaper[];
  /** The sources that count for something. */
  readonly wanted: readonly WeightedPaper[];
  readonly liked: readonly Subject[];
  readonly avoided: readonly Subject[];
  /** Weights of terms. */
  readonly interest: ReadonlyMap<number, number>;
  /** The sources that count most, and the liked subjects. */
  readonly main: readonly TermWeights[];
  readonly disliked: readonly TermWeights[];
}

export function toProfile(
  signals: Signals,
  termVectors: ReadonlyMap<number, TermVector>,
  rarity: TermRarity,
): InterestProfile {
  const { liked, avoided } = namedSubjects(signals);
  const sources = signals.papers.flatMap((signal): JudgedPaper[] => {
    const termVector = termVectors.get(signal.paper);
    return termVector ? [{ ...signal, termVector, weights: toTermWeights(termVector, rarity) }] : [];
  });
  const weights = weighSignals(
    sources,
    sources.map(({ termVector }) => termVector),
    avoided,
  );
  const subjects = liked.map(({ terms }) => toNamedWeights(terms));
  const weighed = sources
    .map((source, at) => ({ source, weight: weights[at] ?? 0 }))
    .filter(({ weight }) => weight > 0);
  return {
    sources,
    liked,
    avoided,
    wanted: weighed.map(({ source, weight }) => ({ paper: source.paper, weight })),
    interest: toInterest(
      [...sources.map((each) => each.weights), ...subjects],
      [...weights, ...subjects.map(() => SUBJECT)],
    ),
    main: weighed
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, VARIED_BY)
      .map(({ source }) => source.weights)
      .concat(subjects),
    disliked: sources
      .filter(({ kind }) => kind === 'less')
      .slice(0, DISLIKED_COMPARED)
      .map((each) => each.weights),
  };
}

/** True if the paper is about a subject that the person does not want. */
export function isAvoided({ avoided }: InterestProfile, termVector: TermVector): boolean {
  return avoided.some((subject) => isAbout(subject, termVector));
}

/** True if the paper mentions such a subject, even in passing. */
export function mentionsAvoided({ avoided }: InterestProfile, termVector: TermVector): boolean {
  return avoided.some((subject) => mentionsOf(subject, termVector) > 0);
}

/** Sources that have the terms, one for each. */
export function sourcesWith({ sources }: InterestProfile, terms: readonly number[]): number[] {
  const holders = terms.flatMap(
    (term) => sources.find(({ termVector }) => findTerm(termVector.terms, term) >= 0)?.paper ?? [],
  );
  return [...new Set(holders)];
}
