/**
 * Walks the postings of one term in one segment, in order of papers. Blocks are skipped by their headers, and
 * decoded only when a posting of theirs is needed.
 */
import { decodeBlock } from './block.ts';
import { BLOCK_POSTINGS, type Directory, PAGE_BYTES } from './format.ts';
import { IMPACT, limitOf, limitOfByte, type Profile, ROUNDING, type Saturation } from './impact.ts';
import type { PageCache } from './page-cache.ts';
import type { Segment } from './segment.ts';

/** Sums of scores, by the distance of a paper from the first one of a window. */
export interface Window {
  readonly sums: Float64Array;
  /** One bit for each paper that has a sum. */
  readonly bits: Int32Array;
}

/** Papers whose score is not complete yet, in order. */
export interface Unfinished {
  readonly papers: Int32Array;
  readonly scores: Float64Array;
  count: number;
}

export interface Scoring {
  readonly profile: Profile;
  readonly saturation: Saturation;
  /** Average length of all papers. */
  readonly average: number;
}

export class Cursor {
  /** The papers of the decoded block, and their frequencies. */
  readonly #papers: Int32Array;
  readonly #frequencies: Uint8Array;
  readonly #cache: PageCache;
  readonly #segment: Segment;
  readonly #directory: Directory;
  readonly #blocks: number;
  readonly #postings: number;
  /** Number of the first block header, or the place of the only block. */
  readonly #first: number;
  readonly #isShort: boolean;
  #block = 0;
  /** The block that is decoded; -1 for none. */
  #decoded = -1;
  #count = 0;
  #at = 0;
  #weight = 0;
  #base = 0;
  #slope = 0;
  #impactAt = 0;
  #limitFactor = 0;
  #shortLimit = 0;

  /** @param at position of the term in the segment's directory */
  constructor(segment: Segment, cache: PageCache, at: number) {
    this.#segment = segment;
    this.#cache = cache;
    this.#directory = segment.directory;
    this.#postings = segment.directory.counts[at] as number;
    this.#first = segment.directory.places[at] as number;
    this.#isShort = this.#postings <= BLOCK_POSTINGS;
    this.#blocks = Math.ceil(this.#postings / BLOCK_POSTINGS);
    // Most terms are rare, and small arrays are made several times as fast.
    const most = Math.min(BLOCK_POSTINGS, this.#postings);
    this.#papers = new Int32Array(most);
    this.#frequencies = new Uint8Array(most);
    if (this.#isShort) this.#decode(0);
  }

  /** Number of papers with the term. */
  get postings(): number {
    return this.#postings;
  }

  /** Sets what a posting counts. Must come before scores and limits are asked for. */
  weigh(weight: number, { profile, saturation, average }: Scoring): void {
    this.#weight = weight * IMPACT;
    this.#base = saturation.base;
    this.#slope = saturation.slope;
    this.#impactAt = profile === 'question' ? 0 : 1;
    this.#limitFactor = limitOfByte(weight, this.#segment.average, average);
    if (!this.#isShort) return;
    const { lengths } = this.#directory;
    this.#shortLimit = 0;
    for (let at = 0; at < this.#count; at++) {
      const frequency = this.#frequencies[at] as number;
      const length = lengths[this.#papers[at] as number] as number;
      const score = (this.#weight * frequency) / (frequency + this.#base + this.#slope * length);
      if (score > this.#shortLimit) this.#shortLimit = score;
    }
    this.#shortLimit = limitOf(this.#shortLimit, 1);
  }

  /** Returns the next paper's number, at least `from`, without reading; the true one is not smaller. */
  nextAtLeast(from: number): number {
    this.#skipTo(from);
    if (this.#block >= this.#blocks) return Number.POSITIVE_INFINITY;
    if (this.#decoded === this.#block) {
      this.#seek(from);
      return this.#papers[this.#at] as number;
    }
    return Math.max(from, this.#lastBefore(this.#block) + 1);
  }

  /** Returns the most that the term can add to the score of a paper from `low` to before `high`. */
  limitIn(low: number, high: number): number {
    this.#skipTo(low);
    if (this.#block >= this.#blocks) return 0;
    if (this.#isShort) {
      this.#seek(low);
      return (this.#papers[this.#at] as number) < high ? this.#shortLimit : 0;
    }
    const { blockLasts, blockImpacts } = this.#directory;
    let most = 0;
    let before = this.#lastBefore(this.#block);
    for (let header = this.#first + this.#block; header < this.#first + this.#blocks; header++) {
      if (before + 1 >= high) break;
      const impact = blockImpacts[2 * header + this.#impactAt] as number;
      if (impact > most) most = impact;
      before = blockLasts[header] as number;
    }
    return most === 0 ? 0 : limitOf(most, this.#limitFactor);
  }

  /**
   * Adds the scores of papers from `low` to before `high`.
   * @param needed blocks that cannot add as much are skipped
   */
  addWindow(low: number, high: number, needed: number, { sums, bits }: Window): void {
    const papers = this.#papers;
    const frequencies = this.#frequencies;
    const { lengths } = this.#directory;
    const [weight, base, slope] = [this.#weight, this.#base, this.#slope];
    for (this.#skipTo(low); this.#block < this.#blocks; this.#block++) {
      if (this.#decoded !== this.#block) {
        if (this.#lastBefore(this.#block) + 1 >= high) return;
        if (this.#lastOf(this.#block) < high && this.#limitOfBlock(this.#block) < needed) continue;
        this.#decode(this.#block);
      }
      this.#seek(low);
      const count = this.#count;
      let at = this.#at;
      for (; at < count; at++) {
        const paper = papers[at] as number;
        if (paper >= high) break;
        const frequency = frequencies[at] as number;
        const score = (weight * frequency) / (frequency + base + slope * (lengths[paper] as number));
        const slot = paper - low;
        sums[slot] = (sums[slot] as number) + (score + ROUNDING - ROUNDING);
        bits[slot >>> 5] = (bits[slot >>> 5] as number) | (1 << (slot & 31));
      }
      this.#at = at;
      if (at < count) return;
    }
  }

  /** Adds the term's part to scores. */
  addTo({ papers: wanted, scores, count }: Unfinished): void {
    const papers = this.#papers;
    const frequencies = this.#frequencies;
    const { lengths } = this.#directory;
    const [weight, base, slope] = [this.#weight, this.#base, this.#slope];
    for (let n = 0; n < count; ) {
      let paper = wanted[n] as number;
      this.#skipTo(paper);
      if (this.#block >= this.#blocks) return;
      if (this.#decoded !== this.#block) {
        if (this.#lastBefore(this.#block) >= paper) {
          n += 1;
          continue;
        }
        this.#decode(this.#block);
      }
      const last = this.#lastOf(this.#block);
      let at = this.#at;
      while (paper <= last) {
        while ((papers[at] as number) < paper) at += 1;
        if (papers[at] === paper) {
          const frequency = frequencies[at] as number;
          const score = (weight * frequency) / (frequency + base + slope * (lengths[paper] as number));
          scores[n] = (scores[n] as number) + (score + ROUNDING - ROUNDING);
        }
        n += 1;
        if (n >= count) break;
        paper = wanted[n] as number;
      }
      this.#at = at;
    }
  }

  /** Sets the bits of papers from `low` to before `high`. @returns false if there are none */
  fill(low: number, high: number, bits: Int32Array): boolean {
    let hasAny = false;
    const papers = this.#papers;
    for (this.#skipTo(low); this.#block < this.#blocks; this.#block++) {
      if (this.#decoded !== this.#block) {
        if (this.#lastBefore(this.#block) + 1 >= high) return hasAny;
        this.#decode(this.#block);
      }
      this.#seek(low);
      const count = this.#count;
      let at = this.#at;
      for (; at < count; at++) {
        const slot = (papers[at] as number) - low;
        if (slot >= high - low) break;
        bits[slot >>> 5] = (bits[slot >>> 5] as number) | (1 << (slot & 31));
        hasAny = true;
      }
      this.#at = at;
      if (at < count) return hasAny;
    }
    return hasAny;
  }

  /** Moves to the block that may have `paper` or one after it. */
  #skipTo(paper: number): void {
    if (this.#block >= this.#blocks || this.#lastOf(this.#block) >= paper) return;
    if (this.#isShort) {
      this.#block = 1;
      return;
    }
    const { blockLasts } = this.#directory;
    const end = this.#first + this.#blocks;
    let low = this.#first + this.#block + 1;
    let step = 1;
    while (low + step < end && (blockLasts[low + step] as number) < paper) {
      low += step;
      step *= 2;
    }
    let high = Math.min(end, low + step + 1);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blockLasts[middle] as number) < paper) low = middle + 1;
      else high = middle;
    }
    this.#block = low - this.#first;
  }

  /** Moves within the decoded block; its last paper must be at least `paper`. */
  #seek(paper: number): void {
    const papers = this.#papers;
    let at = this.#at;
    while ((papers[at] as number) < paper) at += 1;
    this.#at = at;
  }

  #lastOf(block: number): number {
    return this.#isShort
      ? (this.#papers[this.#count - 1] as number)
      : (this.#directory.blockLasts[this.#first + block] as number);
  }

  #lastBefore(block: number): number {
    return block === 0 ? -1 : (this.#directory.blockLasts[this.#first + block - 1] as number);
  }

  #limitOfBlock(block: number): number {
    if (this.#isShort) return this.#shortLimit;
    const impact = this.#directory.blockImpacts[2 * (this.#first + block) + this.#impactAt] as number;
    return limitOf(impact, this.#limitFactor);
  }

  #decode(block: number): void {
    const { blockPlaces, blockWidths } = this.#directory;
    const header = this.#first + block;
    const place = this.#isShort ? this.#first : (blockPlaces[header] as number);
    const page = this.#cache.page(this.#segment.pages, Math.floor(place / PAGE_BYTES));
    const start = place % PAGE_BYTES;
    const width = this.#isShort ? (page[start] as number) : (blockWidths[header] as number);
    this.#count = Math.min(BLOCK_POSTINGS, this.#postings - block * BLOCK_POSTINGS);
    decodeBlock(
      page,
      this.#isShort ? start + 1 : start,
      this.#count,
      width,
      this.#lastBefore(block),
      this.#papers,
      this.#frequencies,
    );
    this.#decoded = block;
    this.#at = 0;
  }
}
