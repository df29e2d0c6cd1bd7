/**
 * Postings of a term from several segments. Each segment has them in order, but their papers can lie between
 * each other, so the runs are merged in pairs.
 */
import type { TermPostings } from './segment-writer.ts';

interface Arrays {
  readonly papers: Uint32Array;
  readonly frequencies: Uint8Array;
}

export class SortedRuns {
  #from: Arrays;
  #to: Arrays;
  /** Where a run begins. */
  #starts: number[] = [];
  #count = 0;

  /** @param most postings that there can be */
  constructor(most: number) {
    this.#from = toArrays(most);
    this.#to = toArrays(most);
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#starts.length = 0;
  }

  /** A paper that is not after the last one begins a run. */
  push(paper: number, frequency: number): void {
    const { papers, frequencies } = this.#from;
    const count = this.#count;
    if (count === 0 || paper <= (papers[count - 1] as number)) this.#starts.push(count);
    papers[count] = paper;
    frequencies[count] = frequency;
    this.#count = count + 1;
  }

  /** Returns all postings in order of papers, valid until something is pushed. */
  sorted(): TermPostings {
    while (this.#starts.length > 1) this.#mergePairs();
    return { ...this.#from, count: this.#count };
  }

  #mergePairs(): void {
    const starts = this.#starts;
    const merged: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const [first = 0, second = this.#count, end = this.#count] = starts.slice(run, run + 3);
      merged.push(first);
      mergeTwo(this.#from, this.#to, first, second, end);
    }
    this.#starts = merged;
    [this.#from, this.#to] = [this.#to, this.#from];
  }
}

/** Merges the runs from `first` and from `second` to before `end`, to the same places. */
function mergeTwo(from: Arrays, to: Arrays, first: number, second: number, end: number): void {
  let left = first;
  let right = second;
  for (let at = first; at < end; at++) {
    const isLeft =
      right >= end || (left < second && (from.papers[left] as number) < (from.papers[right] as number));
    const chosen = isLeft ? left++ : right++;
    to.papers[at] = from.papers[chosen] as number;
    to.frequencies[at] = from.frequencies[chosen] as number;
  }
}

function toArrays(length: number): Arrays {
  return { papers: new Uint32Array(length), frequencies: new Uint8Array(length) };
}
