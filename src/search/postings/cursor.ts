/**
 * Walks the postings of one term in one segment, in order of papers. Blocks are skipped by their headers, and
 * decoded only when a posting of theirs is needed.
 */
import { BLOCK_POSTINGS, type Directory, PAGE_BYTES } from './format.ts';
import { IMPACT, limitOf, limitOfByte, type Profile, type Saturation } from './impact.ts';
import type { PageCache } from './page-cache.ts';
import type { ScoreMemory } from './score-memory.ts';
import type { Segment } from './segment.ts';

export interface Scoring {
  readonly profile: Profile;
  readonly saturation: Saturation;
  /** Average length of all papers. */
  readonly average: number;
}

export class Cursor {
  readonly #memory: ScoreMemory;
  /** Addresses of the papers of the decoded block, and of their frequencies. */
  readonly #papers: number;
  readonly #frequencies: number;
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
    this.#memory = cache.memory;
    this.#papers = cache.memory.reserveBlock();
    this.#frequencies = this.#papers + 4 * BLOCK_POSTINGS;
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
      const frequency = this.#memory.bytes[this.#frequencies + at] as number;
      const length = lengths[this.#paperAt(at)] as number;
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
      return this.#paperAt(this.#at);
    }
    return Math.max(from, this.#lastBefore(this.#block) + 1);
  }

  /** Returns the most that the term can add to the score of a paper from `low` to before `high`. */
  limitIn(low: number, high: number): number {
    this.#skipTo(low);
    if (this.#block >= this.#blocks) return 0;
    if (this.#isShort) {
      this.#seek(low);
      return this.#paperAt(this.#at) < high ? this.#shortLimit : 0;
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
   * Adds the scores of papers from `low` to before `high` to the window, and sets their bits.
   * @param needed blocks that cannot add as much are skipped
   */
  addWindow(low: number, high: number, needed: number): void {
    for (this.#skipTo(low); this.#block < this.#blocks; this.#block++) {
      if (this.#decoded !== this.#block) {
        if (this.#lastBefore(this.#block) + 1 >= high) return;
        if (this.#lastOf(this.#block) < high && this.#limitOfBlock(this.#block) < needed) continue;
        this.#decode(this.#block);
      }
      this.#seek(low);
      this.#addBlock(this.#memory.loops.addMarking, low, high);
      if (this.#at < this.#count) return;
    }
  }

  /**
   * Adds the term's part to the scores of papers that are listed in memory; also to those of others in the
   * same blocks, which takes less time than to look for the listed ones.
   * @param count of listed papers, all from `low` to before `high`
   */
  addTo(count: number, low: number, high: number): void {
    const { papers } = this.#memory;
    for (let n = 0; n < count; ) {
      const paper = papers[n] as number;
      this.#skipTo(paper);
      if (this.#block >= this.#blocks) return;
      if (this.#decoded !== this.#block) {
        const before = this.#lastBefore(this.#block);
        if (before >= paper) {
          n = firstAfter(papers, n, count, before);
          continue;
        }
        this.#decode(this.#block);
      }
      this.#seek(low);
      this.#addBlock(this.#memory.loops.add, low, high);
      n = firstAfter(papers, n, count, this.#lastOf(this.#block));
    }
  }

  /** Sets the bits of papers from `low` to before `high`. @returns false if there are none */
  fill(low: number, high: number, bits: Int32Array): boolean {
    let hasAny = false;
    for (this.#skipTo(low); this.#block < this.#blocks; this.#block++) {
      if (this.#decoded !== this.#block) {
        if (this.#lastBefore(this.#block) + 1 >= high) return hasAny;
        this.#decode(this.#block);
      }
      this.#seek(low);
      const from = this.#at;
      const { loops } = this.#memory;
      this.#at = loops.fill(this.#papers, from, this.#count, low, high - low, bits.byteOffset);
      if (this.#at > from) hasAny = true;
      if (this.#at < this.#count) return hasAny;
    }
    return hasAny;
  }

  #addBlock(add: ScoreMemory['loops']['add'], low: number, high: number): void {
    this.#at = add(
      this.#papers,
      this.#frequencies,
      this.#at,
      this.#count,
      low,
      high - low,
      this.#weight,
      this.#base,
      this.#slope,
    );
  }

  #paperAt(at: number): number {
    return this.#memory.numbers[(this.#papers >>> 2) + at] as number;
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
    if (this.#at < this.#count && this.#paperAt(this.#at) >= paper) return;
    this.#at = this.#memory.loops.seek(this.#papers, this.#at, paper);
  }

  #lastOf(block: number): number {
    return this.#isShort
      ? this.#paperAt(this.#count - 1)
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
    const start = page + (place % PAGE_BYTES);
    const width = this.#isShort ? (this.#memory.bytes[start] as number) : (blockWidths[header] as number);
    this.#count = Math.min(BLOCK_POSTINGS, this.#postings - block * BLOCK_POSTINGS);
    this.#memory.loops.decode(
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

/** Returns the number of the first paper after another one, of sorted papers from `from` to before `to`. */
function firstAfter(papers: Int32Array, from: number, to: number, paper: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((papers[middle] as number) <= paper) low = middle + 1;
    else high = middle;
  }
  return low;
}
