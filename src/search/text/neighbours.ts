/**
 * Terms for pairs of neighbouring words, so that few papers have all terms of a phrase that they do not have.
 * All pairs share 4,096 terms, because each of their own would be millions in the directory. A paper has 65
 * pairs, so of the papers with both words, one in 60 is found by chance, and its text is checked.
 */
import { pairOf, termOf } from './term-vector.ts';

const BITS = 12;
/** No word contains this sign. */
const TERMS = Uint32Array.from({ length: 2 ** BITS }, (_, n) => termOf(`\u0001${n}`));

/** @param first term of a word that is not a stop word, as is the second */
export function neighbourTerm(first: number, second: number): number {
  return TERMS[pairOf(first, second) >>> (32 - BITS)] as number;
}
