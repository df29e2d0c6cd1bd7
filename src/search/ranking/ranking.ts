/** Ranks candidates by group, then by combined score, then by date, so that the order is stable. */

import type { Sort } from '../search.ts';
import { findTerm, type TermVector } from '../text/term-vector.ts';
import { B_OF_TEXT, scoreTermVectors, type WeightedTerm } from './bm25.ts';
import { fuseScores, type SemanticQuery } from './fusion.ts';

export interface Candidate {
  readonly pk: number;
  /** Read when candidates are sorted by it, and where scores are equal. */
  readonly published: string | null;
  readonly votes: number | null;
  readonly termVector: TermVector;
  /** Packed vector; absent for a paper that is not embedded yet. */
  readonly vector?: Int8Array;
}

export interface RankedCandidate {
  readonly pk: number;
  readonly score: number;
  /** True when similarity contributed more to the score than words. */
  readonly bySemantics?: boolean;
  /** True for the paper whose text is the query. */
  readonly isItself?: boolean;
}

/** The weighted terms of a query. */
export interface WeightedQuery {
  readonly terms: readonly WeightedTerm[];
  /** Adjacent words of the query. */
  readonly pairs?: readonly WeightedTerm[];
  /** True for a whole text, such as an abstract, instead of a question. */
  readonly isText?: boolean;
}

/** Scores are between 0 and 1, so this puts one group above another. */
const LIFT = 2;
/** Factor for the weight of similarity if the query is a whole text: its many words decide more. */
const SHARE_IN_TEXT = 0.75;
/** A paper with this share of the weight of all words of a text is the text itself. */
const ITSELF = 0.9;

/**
 * @param groups keys that always rank above the rest, the best group first
 * @param sort votes and dates only sort within a group
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  { terms, pairs = [], isText = false }: WeightedQuery,
  groups: ReadonlyArray<readonly number[]>,
  sort: Sort,
  semantic?: SemanticQuery,
): RankedCandidate[] {
  const lift = new Map<number, number>();
  for (const [rank, group] of groups.entries()) {
    for (const pk of group) if (!lift.has(pk)) lift.set(pk, (groups.length - 1 - rank) * LIFT);
  }
  const words = scoreTermVectors(
    candidates.map(({ termVector }) => termVector),
    terms,
    pairs,
    ...(isText ? [B_OF_TEXT] : []),
  );
  const itself = isText ? findItself(candidates, terms, words) : undefined;
  const fused = fuseScores(
    words,
    candidates.map(({ vector: rank }) => rank),
    semantic && { ...semantic, weight: semantic.weight * (isText ? SHARE_IN_TEXT : 1) },
    itself,
  );
  const scored = candidates.map((candidate, at) => {
    const { pk } = candidate;
    const group = lift.get(pk) ?? 0;
    const parts = fused[at] ?? { words: 0, semantic: 0 };
    const bySemantics = parts.semantic > parts.words;
    const score = group + parts.words + parts.semantic + (at === itself ? 1 : 0);
    return { pk, candidate, group, score, bySemantics, isItself: at === itself };
  });
  type Scored = (typeof scored)[number];
  const byDate = (a: Scored, b: Scored) =>
    compareText(b.candidate.published, a.candidate.published) || b.pk - a.pk;
  const compare: Readonly<Record<Sort, (a: Scored, b: Scored) => number>> = {
    relevance: (a, b) => b.score - a.score || byDate(a, b),
    newest: (a, b) => b.group - a.group || byDate(a, b),
    votes: (a, b) =>
      b.group - a.group || (b.candidate.votes ?? -1) - (a.candidate.votes ?? -1) || byDate(a, b),
  };
  return scored
    .sort(compare[sort])
    .map(({ pk, score, bySemantics, isItself }) => ({ pk, score, bySemantics, isItself }));
}

/** Returns the index of the candidate whose text was pasted; `undefined` if it is not stored. */
function findItself(
  candidates: readonly Candidate[],
  terms: readonly WeightedTerm[],
  words: readonly number[],
): number | undefined {
  const best = words.reduce((top, score, at) => (score > (words[top] ?? 0) ? at : top), 0);
  const found = candidates[best]?.termVector;
  if (!found) return undefined;
  const weigh = (some: readonly WeightedTerm[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  const held = terms.filter(({ term }) => findTerm(found.terms, term) >= 0);
  return weigh(held) >= ITSELF * weigh(terms) ? best : undefined;
}

function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
