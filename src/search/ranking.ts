/** Puts candidates in order: groups first, then BM25 over all words of the query, then date, so that ties never move. */
import { type Field, scoreCeiling, scoreTexts, type WeightedTerm } from './bm25.ts';
import type { CandidateText } from './candidate-store.ts';
import type { Sort } from './port.ts';

const TITLE = 2;
const ABSTRACT = 1;
const AUTHORS = 0.5;

export interface Ranked {
  readonly pk: number;
  readonly score: number;
}

/**
 * @param groups keys that stand above others whatever their words, the best group first
 * @param sort other than by relevance: the groups still hold, votes or dates order what is in them
 */
export function rankCandidates(
  candidates: readonly CandidateText[],
  terms: readonly WeightedTerm[],
  groups: ReadonlyArray<readonly number[]>,
  sort: Sort,
): Ranked[] {
  const lift = new Map<number, number>();
  for (const [place, group] of groups.entries()) {
    for (const pk of group)
      if (!lift.has(pk)) lift.set(pk, (groups.length - 1 - place) * scoreCeiling(terms));
  }
  const scores = scoreTexts(candidates.map(fieldsOf), terms);
  const scored = candidates.map((candidate, at) => ({
    ...candidate,
    lift: lift.get(candidate.pk) ?? 0,
    score: (lift.get(candidate.pk) ?? 0) + (scores[at] ?? 0),
  }));
  const byDate = (a: CandidateText, b: CandidateText) => compareText(b.published, a.published) || b.pk - a.pk;
  const compare: Readonly<Record<Sort, (a: (typeof scored)[number], b: (typeof scored)[number]) => number>> =
    {
      relevance: (a, b) => b.score - a.score || byDate(a, b),
      newest: (a, b) => b.lift - a.lift || byDate(a, b),
      votes: (a, b) => b.lift - a.lift || (b.votes ?? -1) - (a.votes ?? -1) || byDate(a, b),
    };
  return scored.sort(compare[sort]).map(({ pk, score }) => ({ pk, score }));
}

function fieldsOf({ title, abstract, authors }: CandidateText): Field[] {
  return [
    { text: title, weight: TITLE, measured: true },
    { text: abstract, weight: ABSTRACT, measured: true },
    // Four hundred authors make no paper less about its subject.
    { text: authors, weight: AUTHORS, measured: false },
  ];
}

function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
