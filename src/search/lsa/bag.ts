/**
 * Training data: the terms of titles and abstracts. Names and word pairs are omitted, as they double its
 * size.
 */
import type { TermVector } from '../text/term-vector.ts';

/** All papers in sequence. The terms and counts of paper n are at `starts[n]` to `starts[n + 1]`. */
export interface Bags {
  readonly starts: Uint32Array;
  /** Term hashes, sorted within a paper. */
  readonly terms: Uint32Array;
  /** Count of each term; never 0. */
  readonly counts: Uint8Array;
}

const FIRST_PAPERS = 1_000;
const FIRST_TERMS = 100_000;

/** Uses a few large arrays, because with one array per paper V8's overhead would equal the data. */
export function openBags(): { add(termVector: TermVector): void; bags(): Bags } {
  let starts = new Uint32Array(FIRST_PAPERS);
  let terms = new Uint32Array(FIRST_TERMS);
  let counts = new Uint8Array(FIRST_TERMS);
  let papers = 0;
  let end = 0;

  function makeRoom(more: number): void {
    if (papers + 2 > starts.length) starts = enlarged(starts, new Uint32Array(starts.length * 2));
    if (end + more <= terms.length) return;
    const room = Math.max(terms.length * 2, end + more);
    terms = enlarged(terms, new Uint32Array(room));
    counts = enlarged(counts, new Uint8Array(room));
  }

  return {
    add(termVector) {
      makeRoom(termVector.terms.length);
      for (let at = 0; at < termVector.terms.length; at++) {
        const count = termVector.counts[at] as number;
        if (count === 0) continue;
        terms[end] = termVector.terms[at] as number;
        counts[end] = count;
        end += 1;
      }
      papers += 1;
      starts[papers] = end;
    },
    bags: () => ({
      starts: starts.subarray(0, papers + 1),
      terms: terms.subarray(0, end),
      counts: counts.subarray(0, end),
    }),
  };
}

function enlarged<Numbers extends Uint32Array | Uint8Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}
