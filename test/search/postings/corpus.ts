/** Random papers, and a search that reads them all. */
import { IMPACT, type Profile, saturationOf } from '../../../src/search/postings/impact.ts';
import type { Matching } from '../../../src/search/postings/matching.ts';
import { SegmentBuilder } from '../../../src/search/postings/writing/segment-builder.ts';
import type { WeightedTerm } from '../../../src/search/ranking/bm25.ts';

export interface RandomPaper {
  readonly length: number;
  /** Frequencies by term. */
  readonly terms: ReadonlyMap<number, number>;
}

/** Numerical Recipes' generator: the same seed gives the same papers. */
export function openRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Most terms are rare, a few are in most papers. */
export function randomTerm(random: (below: number) => number, vocabulary: number): number {
  const rank = Math.floor(vocabulary ** (random(10_000) / 10_000)) - 1;
  return Math.imul(rank + 1, 2_654_435_761) >>> 0;
}

export function randomPaper(random: (below: number) => number, vocabulary: number): RandomPaper {
  const terms = new Map<number, number>();
  for (let word = random(60); word >= 0; word--) {
    const term = randomTerm(random, vocabulary);
    terms.set(term, Math.min(255, (terms.get(term) ?? 0) + 1 + random(3)));
  }
  return { length: 20 + random(2_000), terms };
}

export function writeSegment(
  path: string,
  papers: ReadonlyMap<number, RandomPaper>,
  { removed = [], form = 1 }: { readonly removed?: readonly number[]; readonly form?: number } = {},
): void {
  const builder = new SegmentBuilder();
  for (const [key, { length, terms }] of [...papers].sort(([a], [b]) => a - b)) {
    const sorted = [...terms].sort(([a], [b]) => a - b);
    builder.add(key, {
      length,
      terms: Uint32Array.from(sorted, ([term]) => term),
      frequencies: Uint8Array.from(sorted, ([, frequency]) => frequency),
      count: sorted.length,
    });
  }
  for (const key of removed.toSorted((a, b) => a - b)) builder.remove(key);
  builder.write(path, form);
}

interface Wanted {
  readonly profile: Profile;
  readonly average: number;
  readonly limit: number;
  readonly matching?: Matching;
  readonly among?: Uint32Array;
  readonly passes?: (pk: number) => boolean;
}

const GRID = 2 ** 20;

export function rankAll(
  papers: ReadonlyMap<number, RandomPaper>,
  terms: readonly WeightedTerm[],
  { profile, average, limit, matching, among, passes = () => true }: Wanted,
) {
  const { base, slope } = saturationOf(profile, average);
  const isRestricted = matching !== undefined || among !== undefined;
  const found = [...papers].flatMap(([pk, paper]) => {
    const held = terms.filter(({ term }) => paper.terms.has(term));
    if (isRestricted ? !isAllowed(pk, paper, matching, among) : held.length === 0) return [];
    const score = held.reduce((sum, { term, weight }) => {
      const frequency = paper.terms.get(term) ?? 0;
      const part = (weight * IMPACT * frequency) / (frequency + base + slope * paper.length);
      return sum + Math.round(part * GRID) / GRID;
    }, 0);
    return passes(pk) ? [{ pk, score }] : [];
  });
  return found.sort((a, b) => b.score - a.score || b.pk - a.pk).slice(0, limit);
}

export function matchAll(
  papers: ReadonlyMap<number, RandomPaper>,
  matching: Matching | undefined,
  among?: Uint32Array,
): number[] {
  return [...papers]
    .filter(([pk, paper]) => isAllowed(pk, paper, matching, among))
    .map(([pk]) => pk)
    .sort((a, b) => a - b);
}

function isAllowed(pk: number, paper: RandomPaper, matching?: Matching, among?: Uint32Array): boolean {
  return (!matching || holds(paper, matching)) && (!among || among.includes(pk));
}

function holds(paper: RandomPaper, matching: Matching): boolean {
  if ('term' in matching) return paper.terms.has(matching.term);
  if ('any' in matching) return matching.any.some((each) => holds(paper, each));
  const { all, none = [] } = matching;
  return (
    all.length > 0 && all.every((each) => holds(paper, each)) && !none.some((each) => holds(paper, each))
  );
}
