/** Finds the papers of a segment that have given terms, in windows of some thousand papers at a time. */
import { Cursor } from './cursor.ts';
import type { PageCache } from './page-cache.ts';
import { type ScoreMemory, WINDOW_WORDS } from './score-memory.ts';
import type { Segment } from './segment.ts';

/** Which terms a paper must have. Without children, `all` and `any` match nothing. */
export type Matching =
  | { readonly term: number }
  | { readonly all: readonly Matching[]; readonly none?: readonly Matching[] }
  | { readonly any: readonly Matching[] };

export interface Matcher {
  /** Upper limit of the papers that match. */
  readonly most: number;
  /** Returns a paper's number; no paper from `from` to before it matches. */
  next(from: number): number;
  /**
   * Sets bits of a cleared window, the first one for `low`. They must be in the memory of the page cache.
   * @returns false if no paper matches
   */
  fill(low: number, high: number, bits: Int32Array): boolean;
}

const NOTHING: Matcher = { most: 0, next: () => Number.POSITIVE_INFINITY, fill: () => false };

/** Must be asked for windows in order. */
export function openMatcher(matching: Matching, segment: Segment, cache: PageCache): Matcher {
  const open = (each: Matching) => openMatcher(each, segment, cache);
  if ('term' in matching) return openTerm(matching.term, segment, cache);
  if ('any' in matching) {
    const any = matching.any.map(open).filter((each) => each !== NOTHING);
    return openAny(any, cache.memory);
  }
  return openAll(matching.all.map(open), (matching.none ?? []).map(open), cache.memory);
}

function openTerm(term: number, segment: Segment, cache: PageCache): Matcher {
  const at = segment.find(term);
  if (at < 0) return NOTHING;
  const cursor = new Cursor(segment, cache, at);
  return {
    most: cursor.postings,
    next: (from) => cursor.nextAtLeast(from),
    fill: (low, high, bits) => cursor.fill(low, high, bits),
  };
}

function openAny(matchers: readonly Matcher[], memory: ScoreMemory): Matcher {
  const [only] = matchers;
  if (only === undefined) return NOTHING;
  if (matchers.length === 1) return only;
  const other = memory.reserveBits();
  return {
    most: matchers.reduce((sum, { most }) => sum + most, 0),
    next: (from) =>
      matchers.reduce((least, each) => Math.min(least, each.next(from)), Number.POSITIVE_INFINITY),
    fill(low, high, bits) {
      let hasAny = false;
      for (const each of matchers) {
        other.fill(0);
        if (!each.fill(low, high, other)) continue;
        for (let word = 0; word < WINDOW_WORDS; word++)
          bits[word] = (bits[word] as number) | (other[word] as number);
        hasAny = true;
      }
      return hasAny;
    },
  };
}

function openAll(wanted: readonly Matcher[], excluded: readonly Matcher[], memory: ScoreMemory): Matcher {
  const [rarest, ...others] = wanted.toSorted((a, b) => a.most - b.most);
  if (rarest === undefined || rarest === NOTHING) return NOTHING;
  const other = memory.reserveBits();
  return {
    most: rarest.most,
    next: (from) => wanted.reduce((furthest, each) => Math.max(furthest, each.next(furthest)), from),
    fill(low, high, bits) {
      let hasAny = rarest.fill(low, high, bits);
      for (const each of others) {
        if (!hasAny) return false;
        other.fill(0);
        each.fill(low, high, other);
        hasAny = keep(bits, other, 0);
      }
      for (const each of excluded) {
        if (!hasAny) return false;
        other.fill(0);
        if (each.fill(low, high, other)) hasAny = keep(bits, other, -1);
      }
      return hasAny;
    },
  };
}

/**
 * Keeps the bits that are also in others.
 * @param inverted -1 for those that are not in others
 */
function keep(bits: Int32Array, others: Int32Array, inverted: 0 | -1): boolean {
  let any = 0;
  for (let word = 0; word < WINDOW_WORDS; word++) {
    const kept = (bits[word] as number) & ((others[word] as number) ^ inverted);
    bits[word] = kept;
    any |= kept;
  }
  return any !== 0;
}

/** Keeps the papers of a window that exist, and that are among given ones. */
export function keepInWindow(
  bits: Int32Array,
  low: number,
  dead: Int32Array | undefined,
  allowed: Int32Array | undefined,
): void {
  const from = low >>> 5;
  const end = Math.min(WINDOW_WORDS, (dead ?? allowed ?? bits).length - from);
  for (let word = 0; word < end; word++) {
    if (dead) bits[word] = (bits[word] as number) & ~(dead[from + word] as number);
    if (allowed) bits[word] = (bits[word] as number) & (allowed[from + word] as number);
  }
}

/** One bit for each paper of a segment whose key is among the sorted keys. */
export function bitsAmong(segment: Segment, keys: Uint32Array): Int32Array {
  const own = segment.directory.keys;
  const bits = new Int32Array(Math.ceil(own.length / 32));
  let low = 0;
  for (const key of keys) {
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((own[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    if (low === own.length) break;
    if (own[low] === key) bits[low >>> 5] = (bits[low >>> 5] as number) | (1 << (low & 31));
  }
  return bits;
}
