/** Subjects as people name them, compared with the terms of papers. Pure. */
import { STOP_WORDS } from '../search/text/stop-words.ts';
import { findTerm, pairOf, type TermVector, termOf } from '../search/text/term-vector.ts';
import { foldedWords, stemOf } from '../search/text/words.ts';

export interface Subject {
  readonly name: string;
  readonly terms: readonly number[];
  /** Neighbouring words. */
  readonly pairs: readonly number[];
}

function stemsOf(name: string): string[] {
  return foldedWords(name)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemOf);
}

/** The same for subjects with the same words: case, accents and endings make no difference. */
export function subjectKey(name: string): string {
  return stemsOf(name).join(' ');
}

export function toSubject(name: string): Subject {
  const terms = stemsOf(name).map(termOf);
  return { name, terms, pairs: terms.slice(1).map((term, at) => pairOf(terms[at] as number, term)) };
}

/**
 * How often a paper names the subject, where the title counts twice. Of several words, all must be there,
 * side by side.
 */
export function mentionsOf({ terms, pairs }: Subject, paper: TermVector): number {
  if (terms.length === 0) return 0;
  return Math.min(
    ...terms.map((term) => countAt(paper.terms, paper.counts, term)),
    ...pairs.map((pair) => countAt(paper.pairs, paper.pairCounts, pair)),
  );
}

/** Once in the abstract, a single word may be in passing. */
const MENTIONS_OF_WORD = 2;

export function isAbout(subject: Subject, paper: TermVector): boolean {
  return mentionsOf(subject, paper) >= (subject.terms.length > 1 ? 1 : MENTIONS_OF_WORD);
}

function countAt(terms: Uint32Array, counts: Uint8Array, term: number): number {
  const at = findTerm(terms, term);
  return at < 0 ? 0 : (counts[at] as number);
}
