/**
 * Term vectors: the words of a paper, packed, for BM25 and for the built-in embedder. Terms are hashes of
 * stems, which need no dictionary. With a hundred terms per paper, a collision occurs once in 400,000 papers.
 */

import { STOP_WORDS } from './stop-words.ts';
import { joinBytes } from './vector.ts';
import { foldedWords, readWords, stemOf } from './words.ts';

/** Sorted hashes, each with its count in title and abstract and its count in names. */
export interface TermVector {
  readonly terms: Uint32Array;
  readonly counts: Uint8Array;
  readonly names: Uint8Array;
  /** Adjacent words (ignoring stop words) as one term; sorted, with their counts. */
  readonly pairs: Uint32Array;
  readonly pairCounts: Uint8Array;
  /** Characters of title and abstract. */
  readonly length: number;
}

export interface TextOfTermVector {
  readonly title: string;
  readonly abstract: string;
  /** Author names in any format; only their words count. */
  readonly authors?: string;
}

/** A title word counts twice. */
const TITLE = 2;
const ABSTRACT = 1;
const MOST_COUNTED = 255;
/** Cached words. Caching all words of 80,000 abstracts took 90 MB, and most occur once or twice. */
const MAX_REMEMBERED = 40_000;

/** FNV-1a hash of the stem's UTF-16 units: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function termOf(stem: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < stem.length; at++) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Returns the term of two adjacent words. */
export function pairOf(first: number, second: number): number {
  return Math.imul(Math.imul(first, 0x01000193) ^ second, 0x01000193) >>> 0;
}

const remembered = new Map<string, number>();

/** Returns the term of a folded word; 0 for a stop word. */
function termOfWord(folded: string): number {
  let term = remembered.get(folded);
  if (term === undefined) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    term = STOP_WORDS.has(folded) ? 0 : termOf(stemOf(folded));
    // A copy, because a slice keeps the whole abstract in memory.
    remembered.set(Buffer.from(folded).toString(), term);
  }
  return term;
}

/**
 * @param only terms to count, without pairs; a fraction of the time
 * @param mayBe false for folded words that surely have none of these terms
 */
export function toTermVector(
  { title, abstract, authors = '' }: TextOfTermVector,
  only?: ReadonlySet<number>,
  mayBe: (word: string) => boolean = () => true,
): TermVector {
  const isCounted = (term: number) => term !== 0 && (only === undefined || only.has(term));
  const counts = new Map<number, number>();
  const pairs = new Map<number, number>();
  const names = new Map<number, number>();
  const addIfCounted = (to: Map<number, number>, term: number, by: number) => {
    if (isCounted(term)) add(to, term, by);
  };
  const read = (text: string, by: number) => {
    let before = 0;
    const { words, further } = readWords(text);
    for (const word of words) {
      if (!mayBe(word)) continue;
      const term = termOfWord(word);
      if (!isCounted(term)) continue;
      add(counts, term, by);
      if (only !== undefined) continue;
      if (before !== 0) add(pairs, pairOf(before, term), by);
      before = term;
    }
    // “pre-training” also counts as “pretraining”.
    for (const word of further) if (mayBe(word)) addIfCounted(counts, termOfWord(word), by);
  };
  read(title, TITLE);
  read(abstract, ABSTRACT);
  for (const word of foldedWords(authors)) if (mayBe(word)) addIfCounted(names, termOfWord(word), 1);
  const terms = Uint32Array.from(new Set([...counts.keys(), ...names.keys()])).sort();
  const sortedPairs = Uint32Array.from(pairs.keys()).sort();
  return {
    terms,
    counts: bytesOf(terms, counts),
    names: bytesOf(terms, names),
    pairs: sortedPairs,
    pairCounts: bytesOf(sortedPairs, pairs),
    length: title.length + abstract.length,
  };
}

function add(counts: Map<number, number>, term: number, by: number): void {
  counts.set(term, (counts.get(term) ?? 0) + by);
}

function bytesOf(terms: Uint32Array, counts: ReadonlyMap<number, number>): Uint8Array {
  return Uint8Array.from(terms, (term) => Math.min(MOST_COUNTED, counts.get(term) ?? 0));
}

const HEADER = 3;

/** Format: three numbers (length, terms, pairs), then terms and pairs, then their counts, little-endian. */
export function packTermVector({ terms, counts, names, pairs, pairCounts, length }: TermVector): Uint8Array {
  const parts = [Uint32Array.of(length, terms.length, pairs.length), terms, pairs, counts, names, pairCounts];
  return joinBytes(parts);
}

export function unpackTermVector(packed: Uint8Array): TermVector {
  // Four-byte arrays need aligned data, and buffers from the database may not be aligned.
  const { buffer, byteOffset } = packed.byteOffset % 4 === 0 ? packed : Uint8Array.from(packed);
  const [length = 0, terms = 0, pairs = 0] = new Uint32Array(buffer, byteOffset, HEADER);
  const start = byteOffset + HEADER * 4;
  const bytes = start + (terms + pairs) * 4;
  return {
    length,
    terms: new Uint32Array(buffer, start, terms),
    pairs: new Uint32Array(buffer, start + terms * 4, pairs),
    counts: new Uint8Array(buffer, bytes, terms),
    names: new Uint8Array(buffer, bytes + terms, terms),
    pairCounts: new Uint8Array(buffer, bytes + terms * 2, pairs),
  };
}

/** Returns the index of a term in sorted terms, or -1. */
export function findTerm(terms: Uint32Array, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = terms[middle] as number;
    if (found === term) return middle;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
