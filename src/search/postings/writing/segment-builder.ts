/** Collects the postings of papers in memory, sorts them by term, and writes them as a segment. */

import { LONGEST } from '../impact.ts';
import { GrowingNumbers } from './growing.ts';
import { openSegmentWriter } from './segment-writer.ts';

/** The counted terms of a paper, in any order. */
export interface PaperTerms {
  /** Characters of title and abstract. */
  readonly length: number;
  readonly terms: Uint32Array;
  /** In half occurrences. */
  readonly frequencies: Uint8Array;
  /** Entries of the arrays that are used. */
  readonly count: number;
}

const DIGIT_BITS = 11;
const DIGITS = 3;

export class SegmentBuilder {
  readonly #keys: number[] = [];
  readonly #lengths: number[] = [];
  readonly #removed: number[] = [];
  readonly #terms = new GrowingNumbers();
  /** The number of a paper, and in the lowest byte the frequency. */
  readonly #postings = new GrowingNumbers();

  get papers(): number {
    return this.#keys.length;
  }

  /** Keys must come in order. */
  add(key: number, { length, terms, frequencies, count }: PaperTerms): void {
    const paper = this.#keys.length;
    this.#keys.push(key);
    this.#lengths.push(Math.min(LONGEST, length));
    for (let at = 0; at < count; at++) {
      this.#terms.push(terms[at] as number);
      this.#postings.push(((paper << 8) | (frequencies[at] as number)) >>> 0);
    }
  }

  /** Notes that a paper no longer exists. Keys must come in order. */
  remove(key: number): void {
    this.#removed.push(key);
  }

  /**
   * Writes everything as a segment, and clears the memory.
   * @param form of the indexed text
   * @returns the size of the file in bytes
   */
  write(path: string, form: number): number {
    const { terms, postings } = sortByTerm(this.#terms.values(), this.#postings.values());
    const writer = openSegmentWriter(path, form, {
      keys: Uint32Array.from(this.#keys),
      lengths: Uint16Array.from(this.#lengths),
      removed: Uint32Array.from(this.#removed),
    });
    const papers = new Uint32Array(this.#keys.length);
    const frequencies = new Uint8Array(this.#keys.length);
    for (let from = 0; from < terms.length; ) {
      const term = terms[from] as number;
      let count = 0;
      for (; from < terms.length && terms[from] === term; from++, count++) {
        papers[count] = (postings[from] as number) >>> 8;
        frequencies[count] = (postings[from] as number) & 255;
      }
      writer.add(term, { papers, frequencies, count });
    }
    const bytes = writer.finish();
    this.clear();
    return bytes;
  }

  clear(): void {
    this.#keys.length = 0;
    this.#lengths.length = 0;
    this.#removed.length = 0;
    this.#terms.clear();
    this.#postings.clear();
  }
}

interface Sorting {
  readonly terms: Uint32Array;
  readonly postings: Uint32Array;
}

/** A radix sort, which keeps the order of papers within a term. */
function sortByTerm(terms: Uint32Array, postings: Uint32Array): Sorting {
  let from: Sorting = { terms, postings };
  let to: Sorting = { terms: new Uint32Array(terms.length), postings: new Uint32Array(terms.length) };
  for (let digit = 0; digit < DIGITS; digit++) {
    sortByDigit(from.terms, from.postings, to.terms, to.postings, digit * DIGIT_BITS);
    [from, to] = [to, from];
  }
  return from;
}

function sortByDigit(
  terms: Uint32Array,
  postings: Uint32Array,
  toTerms: Uint32Array,
  toPostings: Uint32Array,
  shift: number,
): void {
  const mask = 2 ** DIGIT_BITS - 1;
  const starts = new Uint32Array(2 ** DIGIT_BITS + 1);
  for (let at = 0; at < terms.length; at++) {
    const digit = ((terms[at] as number) >>> shift) & mask;
    starts[digit + 1] = (starts[digit + 1] as number) + 1;
  }
  for (let digit = 0; digit < mask; digit++)
    starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] as number;
    const digit = (term >>> shift) & mask;
    const place = starts[digit] as number;
    toTerms[place] = term;
    toPostings[place] = postings[at] as number;
    starts[digit] = place + 1;
  }
}
