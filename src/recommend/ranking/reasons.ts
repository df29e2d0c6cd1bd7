/** Says why a paper is recommended. Pure. */
import type { TermVector } from '../../search/text/term-vector.ts';
import type { NamedPaper, RecommendReason } from '../recommend.ts';
import type { PaperSignal } from '../signals-store.ts';
import type { CoSaves, WeightedPaper } from './co-saves.ts';
import { likenessOf, type TermWeights } from './interests.ts';
import { mentionsOf, type Subject } from './subjects.ts';

/** A saved or judged paper with its terms. */
export interface JudgedPaper extends PaperSignal {
  readonly termVector: TermVector;
  readonly weights: TermWeights;
}

/** A paper on the list, with the parts of its score. */
export interface RankedPaper {
  readonly paper: number;
  readonly termVector: TermVector;
  readonly weights: TermWeights;
  /** From the words of papers, and from people who saved the same. */
  readonly words: number;
  readonly people: number;
  /** A watched author. */
  readonly author?: string;
}

export interface ReasonContext {
  readonly sources: readonly JudgedPaper[];
  /** The sources that count for something. */
  readonly wanted: readonly WeightedPaper[];
  readonly liked: readonly Subject[];
  readonly coSaves: CoSaves;
  /** False if words or filters were asked for, so that papers need not be like any source. */
  readonly isOpen: boolean;
  nameOf(paper: number): NamedPaper | undefined;
}

export function reasonFor(
  { paper, termVector, weights, words, people, author }: RankedPaper,
  { sources, wanted, liked, coSaves, isOpen, nameOf }: ReasonContext,
): RecommendReason {
  if (author !== undefined) return { kind: 'author', name: author };
  const shared = people > words ? coSaves.closest(paper, wanted) : undefined;
  const sharedName = shared === undefined ? undefined : nameOf(shared);
  if (sharedName) return { kind: 'readers', paper: sharedName };
  const counts = new Set(wanted.map((each) => each.paper));
  let nearest: JudgedPaper | undefined;
  let most = isOpen ? 0 : LEAST_ALIKE;
  for (const source of sources) {
    const likeness = counts.has(source.paper) ? likenessOf(weights, source.weights) : 0;
    if (likeness <= most) continue;
    most = likeness;
    nearest = source;
  }
  const named = liked
    .map((subject) => ({ subject, mentions: mentionsOf(subject, termVector) }))
    .sort((a, b) => b.mentions - a.mentions)[0];
  const nearestName = nearest && nameOf(nearest.paper);
  if (named && named.mentions > 0 && most < ALIKE) return { kind: 'subject', name: named.subject.name };
  if (!nearest || !nearestName) return { kind: 'asked' };
  return { kind: nearest.kind === 'more' ? 'like-liked' : 'like-saved', paper: nearestName };
}

/** Papers that are less like each other share words by chance. */
const LEAST_ALIKE = 0.03;
/** Likeness from which a saved paper is a better reason than a subject. */
const ALIKE = 0.25;
