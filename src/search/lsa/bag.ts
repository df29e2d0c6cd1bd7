/** What learning reads of papers: the terms of titles and abstracts, without names and pairs, which are as much again. */
import type { TermVector } from '../text/term-vector.ts';

/** One paper after the other: `starts[n]` to `starts[n + 1]` are the places of paper n's terms and counts. */
export interface Bags {
  readonly starts: Uint32Array;
  /** Hashes, sorted within a paper. */
  readonly terms: Uint32Array;
  /** What each counts; never 0. */
  readonly counts: Uint8Array;
}

const FIRST_PAPERS = 1_000;
const FIRST_TERMS = 100_000;

/** Few large arrays: with an array a paper, what V8 keeps beside each is as much as what stands in it. */
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
