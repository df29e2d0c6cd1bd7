/** Reads all postings of a segment, one term after the other and each page once. For merging. */
import { decodeBlock } from '../block.ts';
import { BLOCK_POSTINGS, PAGE_BYTES } from '../format.ts';
import { readPage } from '../page-cache.ts';
import type { Segment } from '../segment.ts';

/** The first `count` entries of the arrays; valid until more is read. */
type OnPostings = (papers: Int32Array, frequencies: Uint8Array, count: number) => void;

export class SegmentScan {
  readonly #papers = new Int32Array(BLOCK_POSTINGS);
  readonly #frequencies = new Uint8Array(BLOCK_POSTINGS);
  readonly #page = new Uint8Array(PAGE_BYTES);
  readonly #segment: Segment;
  /** Number of the page in memory; -1 for none. */
  #pageNumber = -1;
  /** Position of the next term in the directory. */
  #at = 0;

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** The next term; `undefined` at the end. */
  get term(): number | undefined {
    return this.#segment.directory.terms[this.#at];
  }

  /** Calls `visit` with the postings of the next term, block by block. */
  next(visit: OnPostings): void {
    const { counts, places } = this.#segment.directory;
    const postings = counts[this.#at] as number;
    const first = places[this.#at] as number;
    this.#at += 1;
    if (postings > BLOCK_POSTINGS) this.#visitBlocks(first, postings, visit);
    else {
      const start = this.#load(first);
      this.#visit(start + 1, { count: postings, width: this.#page[start] as number, before: -1 }, visit);
    }
  }

  #visitBlocks(first: number, postings: number, visit: OnPostings): void {
    const { blockPlaces, blockWidths, blockLasts } = this.#segment.directory;
    let before = -1;
    for (let header = first, left = postings; left > 0; header++, left -= BLOCK_POSTINGS) {
      const start = this.#load(blockPlaces[header] as number);
      const count = Math.min(BLOCK_POSTINGS, left);
      this.#visit(start, { count, width: blockWidths[header] as number, before }, visit);
      before = blockLasts[header] as number;
    }
  }

  #visit(
    start: number,
    { count, width, before }: Readonly<Record<'count' | 'width' | 'before', number>>,
    visit: OnPostings,
  ): void {
    decodeBlock(this.#page, start, count, width, before, this.#papers, this.#frequencies);
    visit(this.#papers, this.#frequencies, count);
  }

  /** Reads the page of a place, if another is in memory. @returns the place within the page */
  #load(place: number): number {
    const number = Math.floor(place / PAGE_BYTES);
    if (number !== this.#pageNumber) {
      this.#pageNumber = -1;
      readPage(this.#segment.pages, number, this.#page);
      this.#pageNumber = number;
    }
    return place % PAGE_BYTES;
  }
}
