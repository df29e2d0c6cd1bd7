/** Searches several segments as one. A paper that is in more than one counts as it is in the newest. */
import type { WeightedTerm } from '../ranking/bm25.ts';
import { type Profile, saturationOf } from './impact.ts';
import type { PageCache } from './page-cache.ts';
import type { Segment } from './segment.ts';
import { type Restriction, SegmentSearch } from './segment-search.ts';
import { type ScoredKey, TopList } from './top-list.ts';

export class SegmentSet {
  /** Approximate number of papers: a changed paper may count twice until segments are merged. */
  readonly papers: number;
  /** Average length of a paper. */
  readonly average: number;
  readonly #segments: readonly Segment[];
  readonly #search: SegmentSearch;

  /** @param segments the oldest first; replaced and removed papers must be marked in them */
  constructor(segments: readonly Segment[], cache: PageCache) {
    this.#segments = segments;
    this.#search = new SegmentSearch(cache);
    const characters = segments.reduce((sum, segment) => sum + segment.characters, 0);
    const all = segments.reduce((sum, { papers }) => sum + papers, 0);
    const dead = segments.reduce((sum, { deadPapers }) => sum + deadPapers, 0);
    this.papers = all - dead;
    this.average = characters / Math.max(1, all);
  }

  /** Counts papers with a term, including former states of changed papers that are not merged yet. */
  papersWith(term: number): number {
    let count = 0;
    for (const segment of this.#segments) {
      const at = segment.find(term);
      if (at >= 0) count += segment.directory.counts[at] as number;
    }
    return count;
  }

  /** Returns the best papers by BM25, the best first; of equal ones the newer first. */
  rank(
    terms: readonly WeightedTerm[],
    { profile, limit, ...restriction }: Restriction & { readonly profile: Profile; readonly limit: number },
  ): ScoredKey[] {
    const { average } = this;
    const scoring = { profile, average, saturation: saturationOf(profile, average) };
    const top = new TopList(limit);
    for (const segment of this.#segments) this.#search.rank(segment, terms, scoring, restriction, top);
    return top.sorted();
  }

  /** Returns keys of matching papers, in no order, up to a number of them. */
  match(restriction: Restriction, limit: number): number[] {
    const found: number[] = [];
    for (const segment of this.#segments) {
      const goOn = this.#search.match(segment, restriction, (pk) => found.push(pk) < limit);
      if (!goOn) break;
    }
    return found;
  }
}

/**
 * Marks the papers of each segment that a newer one replaces or removes.
 * @param opened segments that are not marked yet, and that did not mark others
 */
export function markReplaced(
  segments: readonly Segment[],
  opened: ReadonlySet<Segment> = new Set(segments),
): void {
  for (const [position, newer] of segments.entries()) {
    const { keys, removed } = newer.directory;
    for (const older of segments.slice(0, position)) {
      if (!opened.has(newer) && !opened.has(older)) continue;
      older.markDead(keys);
      older.markDead(removed);
    }
  }
}
