/** Subjects as people name them, compared with the terms of papers. Pure. */
import { STOP_WORDS } from '../../search/text/stop-words.ts';
import { findTerm, pairOf, type TermVector, termOf } from '../../search/text/term-vector.ts';
import { foldedWords, stemOf } from '../../search/text/words.ts';
import type { Signals } from '../signals-store.ts';

export interface Subject {
  readonly name: string;
  readonly terms: readonly number[];
  /** Neighbouring words. */
  readonly pairs: readonly number[];
}

export interface NamedSubjects {
  readonly liked: readonly Subject[];
  readonly avoided: readonly Subject[];
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

export function namedSubjects({ subjects }: Pick<Signals, 'subjects'>): NamedSubjects {
  const named = (wanted: string) =>
    subjects.filter(({ kind }) => kind === wanted).map(({ subject }) => toSubject(subject));
  return { liked: named('like'), avoided: named('avoid') };
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

const ABBREVIATION = /^\p{L}{2,6}$/u;
/** Papers that must spell it out in the same way. */
const FEWEST_SPELLING = 2;
const MOST_WORDS = 8;

export function isAbbreviation(name: string): boolean {
  return ABBREVIATION.test(name);
}

/** `reinforcement learning`, if the texts have “reinforcement learning (RL)”. */
export function spelledOutIn(
  texts: ReadonlyArray<{ readonly abstract: string }>,
  abbreviation: string,
): string | undefined {
  const letters = abbreviation.toLowerCase();
  const before = new RegExp(
    String.raw`((?:[\p{L}\p{N}'’]+[\s-]+){1,${MOST_WORDS}})\(\s*${letters}s?\s*[),;]`,
    'iu',
  );
  const found = new Map<string, number>();
  for (const { abstract } of texts) {
    const words =
      before
        .exec(abstract)?.[1]
        ?.trim()
        .split(/[\s-]+/u) ?? [];
    const meant = words.slice(-letters.length);
    if (meant.map((word) => word[0]?.toLowerCase()).join('') !== letters) continue;
    const name = meant.join(' ').toLowerCase();
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  const [best] = [...found].sort(([, a], [, b]) => b - a);
  return best && best[1] >= FEWEST_SPELLING ? best[0] : undefined;
}
