/** Ranks candidates by group, then by combined score, then by date, so that the order is stable. */

import type { Sort } from '../search.ts';
import type { TermVector } from '../text/term-vector.ts';
import { scoreTermVectors, type WeightedTerm } from './bm25.ts';
import { fuseScores, type SemanticQuery } from './fusion.ts';

export interface Candidate {
  readonly pk: number;
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
}

/** The weighted terms of a query. */
export interface WeightedQuery {
  readonly terms: readonly WeightedTerm[];
  /** Adjacent words of the query. */
  readonly pairs?: readonly WeightedTerm[];
}

/** Scores are between 0 and 1, so this puts one group above another. */
const LIFT = 2;

/**
 * @param groups keys that always rank above the rest, the best group first
 * @param sort votes and dates only sort within a group
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  { terms, pairs = [] }: WeightedQuery,
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
  );
  const fused = fuseScores(
    words,
    candidates.map(({ vector: rank }) => rank),
    semantic,
  );
  const scored = candidates.map(({ pk, published, votes }, at) => {
    const group = lift.get(pk) ?? 0;
    const parts = fused[at] ?? { words: 0, semantic: 0 };
    const bySemantics = parts.semantic > parts.words;
    return { pk, published, votes, group, score: group + parts.words + parts.semantic, bySemantics };
  });
  type Scored = (typeof scored)[number];
  const byDate = (a: Scored, b: Scored) => compareText(b.published, a.published) || b.pk - a.pk;
  const compare: Readonly<Record<Sort, (a: Scored, b: Scored) => number>> = {
    relevance: (a, b) => b.score - a.score || byDate(a, b),
    newest: (a, b) => b.group - a.group || byDate(a, b),
    votes: (a, b) => b.group - a.group || (b.votes ?? -1) - (a.votes ?? -1) || byDate(a, b),
  };
  return scored.sort(compare[sort]).map(({ pk, score, bySemantics }) => ({ pk, score, bySemantics }));
}

function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
