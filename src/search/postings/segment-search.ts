/**
 * Searches one segment, window by window. A ranking is MAXSCORE: words that cannot bring a paper among the
 * best by themselves are only looked up for papers that others brought near.
 * Turtle & Flood, Query Evaluation: Strategies and Optimizations (1995); with limits for each window as in
 * Ding & Suel, Faster Top-k Document Retrieval Using Block-Max Indexes (2011).
 */
import type { WeightedTerm } from '../ranking/bm25.ts';
import { Cursor, type Scoring } from './cursor.ts';
import { bitsAmong, keepInWindow, type Matching, openMatcher } from './matching.ts';
import type { PageCache } from './page-cache.ts';
import { type ScoreMemory, WINDOW_PAPERS, WINDOW_WORDS } from './score-memory.ts';
import type { Segment } from './segment.ts';
import type { TopList } from './top-list.ts';

/** Which papers may be found. */
export interface Restriction {
  /** A paper must have these terms; without it, at least one of the scored ones. */
  readonly matching?: Matching;
  /** Sorted keys. */
  readonly among?: Uint32Array;
  /** Checked last, for papers that would be among the best. */
  readonly passes?: (pk: number) => boolean;
}

export class SegmentSearch {
  readonly #cache: PageCache;
  readonly #memory: ScoreMemory;
  /** Papers that are listed in memory. */
  #listed = 0;

  constructor(cache: PageCache) {
    this.#cache = cache;
    this.#memory = cache.memory;
  }

  /** Adds the best papers of the segment to `top`. */
  rank(
    segment: Segment,
    terms: readonly WeightedTerm[],
    scoring: Scoring,
    restriction: Restriction,
    top: TopList,
  ): void {
    this.#memory.clear();
    const words = this.#openWords(segment, terms, scoring);
    if (restriction.matching || restriction.among) this.#rankRestricted(segment, words, restriction, top);
    else this.#rankAll(segment, words, restriction, top);
  }

  /** Calls `visit` with the keys of matching papers in order, until it returns false. */
  match(segment: Segment, restriction: Restriction, visit: (pk: number) => boolean): boolean {
    const { keys } = segment.directory;
    const { passes } = restriction;
    this.#memory.clear();
    for (const low of this.#matchingWindows(segment, restriction)) {
      const count = this.#memory.loops.collect(low, 0, 0);
      for (let n = 0; n < count; n++) {
        const pk = keys[this.#memory.papers[n] as number] as number;
        if ((passes === undefined || passes(pk)) && !visit(pk)) return false;
      }
    }
    return true;
  }

  #openWords(segment: Segment, terms: readonly WeightedTerm[], scoring: Scoring): Words {
    const cursors = terms.flatMap(({ term, weight }) => {
      const at = segment.find(term);
      if (at < 0 || !(weight > 0)) return [];
      const cursor = new Cursor(segment, this.#cache, at);
      cursor.weigh(weight, scoring);
      return [cursor];
    });
    return new Words(cursors);
  }

  #rankAll(segment: Segment, words: Words, { passes }: Restriction, top: TopList): void {
    for (let low = 0; low < segment.papers; low += WINDOW_PAPERS) {
      const high = Math.min(low + WINDOW_PAPERS, segment.papers);
      const total = words.limitIn(low, high);
      if (total === 0) {
        const next = words.next(high);
        if (next === Number.POSITIVE_INFINITY) return;
        low = (Math.floor(next / WINDOW_PAPERS) - 1) * WINDOW_PAPERS;
        continue;
      }
      const { needed } = top;
      if (total < needed) continue;
      const few = words.sort(needed);
      this.#memory.openWindow(segment.directory.lengths.subarray(low, high));
      for (let rank = words.count - 1; rank >= few; rank--)
        words.at(rank).addWindow(low, high, needed - (total - words.limitAt(rank)));
      if (segment.dead) keepInWindow(this.#memory.bits, low, segment.dead, undefined);
      this.#listed = this.#memory.loops.collect(low, words.sumOf(few), needed);
      this.#finish(words, few, needed, low, high);
      this.#addTo(top, segment, low, passes);
    }
  }

  #rankRestricted(segment: Segment, words: Words, restriction: Restriction, top: TopList): void {
    for (const low of this.#matchingWindows(segment, restriction)) {
      const high = Math.min(low + WINDOW_PAPERS, segment.papers);
      const total = words.limitIn(low, high);
      const { needed } = top;
      if (total < needed) continue;
      words.sort(0);
      this.#memory.openWindow(segment.directory.lengths.subarray(low, high));
      this.#listed = this.#memory.loops.collect(low, 0, 0);
      this.#finish(words, words.count, needed, low, high);
      this.#addTo(top, segment, low, restriction.passes);
    }
  }

  /** Goes through windows that have matching papers. Their bits are set. */
  *#matchingWindows(segment: Segment, { matching, among }: Restriction): Generator<number> {
    const { bits } = this.#memory;
    const allowed = among && bitsAmong(segment, among);
    const matcher = matching && openMatcher(matching, segment, this.#cache);
    for (let low = 0; low < segment.papers; low += WINDOW_PAPERS) {
      const high = Math.min(low + WINDOW_PAPERS, segment.papers);
      const next = matcher?.next(low) ?? low;
      if (next === Number.POSITIVE_INFINITY) return;
      if (next >= high) {
        low = (Math.floor(next / WINDOW_PAPERS) - 1) * WINDOW_PAPERS;
        continue;
      }
      bits.fill(0);
      if (matcher && !matcher.fill(low, high, bits)) continue;
      if (!matcher && allowed) bits.set(allowed.subarray(low >>> 5, (low >>> 5) + WINDOW_WORDS));
      keepInWindow(bits, low, segment.dead, allowed);
      yield low;
    }
    bits.fill(0);
  }

  /** Completes scores with the first words of the order. Drops papers that cannot be among the best. */
  #finish(words: Words, few: number, needed: number, low: number, high: number): void {
    for (let rank = few - 1; rank >= 0 && this.#listed > 0; rank--) {
      if (words.limitAt(rank) === 0) return;
      words.at(rank).addTo(this.#listed, low, high);
      this.#listed = this.#memory.loops.keep(this.#listed, low, words.sumOf(rank), needed);
    }
  }

  #addTo(top: TopList, segment: Segment, low: number, passes: Restriction['passes']): void {
    const { papers, sums } = this.#memory;
    const { keys } = segment.directory;
    for (let n = 0; n < this.#listed; n++) {
      const paper = papers[n] as number;
      const score = sums[paper - low] as number;
      const pk = keys[paper] as number;
      if (top.wants(score, pk) && (passes === undefined || passes(pk))) top.add(score, pk);
    }
  }
}

/** The words of a query in a segment, in order of what they can add in a window. */
class Words {
  readonly count: number;
  readonly #cursors: readonly Cursor[];
  readonly #limits: Float64Array;
  readonly #order: Int32Array;
  /** Sums of the first limits in order. */
  readonly #sums: Float64Array;

  constructor(cursors: readonly Cursor[]) {
    this.count = cursors.length;
    this.#cursors = cursors;
    this.#limits = new Float64Array(cursors.length);
    this.#order = Int32Array.from(cursors.keys());
    this.#sums = new Float64Array(cursors.length + 1);
  }

  at(rank: number): Cursor {
    return this.#cursors[this.#order[rank] as number] as Cursor;
  }

  limitAt(rank: number): number {
    return this.#limits[this.#order[rank] as number] as number;
  }

  /** The most that the first words of the order can add together. */
  sumOf(first: number): number {
    return this.#sums[first] as number;
  }

  next(from: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const cursor of this.#cursors) next = Math.min(next, cursor.nextAtLeast(from));
    return next;
  }

  /** Computes the limits for a window. @returns their sum */
  limitIn(low: number, high: number): number {
    let total = 0;
    for (let at = 0; at < this.count; at++) {
      const limit = (this.#cursors[at] as Cursor).limitIn(low, high);
      this.#limits[at] = limit;
      total += limit;
    }
    return total;
  }

  /**
   * Puts the words in order of their limits, the lowest first.
   * @returns how many of the first ones cannot together reach the score that is needed
   */
  sort(needed: number): number {
    const order = this.#order;
    const limits = this.#limits;
    for (let at = 1; at < order.length; at++) {
      const moved = order[at] as number;
      const limit = limits[moved] as number;
      let to = at;
      for (; to > 0 && (limits[order[to - 1] as number] as number) > limit; to--)
        order[to] = order[to - 1] as number;
      order[to] = moved;
    }
    let few = 0;
    for (let rank = 0; rank < order.length; rank++) {
      const sum = (this.#sums[rank] as number) + (limits[order[rank] as number] as number);
      this.#sums[rank + 1] = sum;
      if (sum < needed && few === rank) few = rank + 1;
    }
    return few;
  }
}
