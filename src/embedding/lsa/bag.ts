/** What learning reads of a paper: the terms of its title and abstract, without names and pairs, which are as much again. */
import type { Profile } from '../../search/profile.ts';

export interface Bag {
  /** Sorted hashes. */
  readonly terms: Uint32Array;
  /** What each counts; never 0. */
  readonly counts: Uint8Array;
}

/** A copy: thousands of bags must not keep what they were read from. */
export function toBag({ terms, counts }: Profile): Bag {
  return { terms: terms.filter((_, at) => counts[at] !== 0), counts: counts.filter((count) => count !== 0) };
}
