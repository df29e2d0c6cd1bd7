/** Builds search hits: the paper, the matching sentence, and the reason for the match. */

import type { Paper } from '../../papers/paper.ts';
import { isIndexedAsWritten, writtenWithSigns } from '../../text/index-text.ts';
import { splitSentences } from '../../text/sentences/sentences.ts';
import type { SearchHit } from '../search.ts';
import type { TermVector } from '../text/term-vector.ts';
import { findTerm, toTermVector } from '../text/term-vector.ts';
import { beginningOf, foldWord, stemOf } from '../text/words.ts';
import type { WeightedTerm } from './bm25.ts';
import { scoreTermVectors } from './bm25.ts';
import type { RankedCandidate } from './ranking.ts';

/** A term of the query with its original spelling. */
export interface QueryTerm extends WeightedTerm {
  readonly text: string;
}

/** Most words to show. */
const MAX_WORDS = 4;

export function toHit(
  paper: Paper,
  { score, bySemantics = false }: RankedCandidate,
  asked: readonly QueryTerm[],
): SearchHit {
  if (asked.length === 0) return { paper, score };
  const only = new Set(asked.map(({ term }) => term));
  const look = openQuickLook(asked);
  const sentences = toSentences(paper.abstract, only, look);
  const snippet = chooseSnippet(sentences, asked);
  return {
    paper,
    score,
    ...(snippet !== undefined && { snippet }),
    why: { words: heldWords(paper, sentences, asked, only, look), semantic: bySemantics },
  };
}

function heldWords(
  { title, authors }: Paper,
  sentences: readonly Sentence[],
  asked: readonly QueryTerm[],
  only: ReadonlySet<number>,
  { mayHave, mayBe }: QuickLook,
): string[] {
  const names = authors.join(', ');
  const head = toTermVector(
    { title: mayHave(title) ? title : '', abstract: '', authors: mayHave(names) ? names : '' },
    only,
    mayBe,
  );
  const termVectors = [head, ...sentences.map(({ termVector }) => termVector)];
  return asked
    .filter(({ term }) => termVectors.some(({ terms }) => findTerm(terms, term) >= 0))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_WORDS)
    .map(({ text }) => writtenWithSigns(text));
}

interface Sentence {
  readonly text: string;
  /** Of the query's terms. */
  readonly termVector: TermVector;
}

/** What surely has none of a query's terms, and is not read. */
interface QuickLook {
  /** False for such a text. */
  readonly mayHave: (text: string) => boolean;
  /** False for such a folded word. */
  readonly mayBe: (word: string) => boolean;
}

const READ_ALL: QuickLook = { mayHave: () => true, mayBe: () => true };

export function toSentences(
  abstract: string,
  only: ReadonlySet<number>,
  { mayHave, mayBe } = READ_ALL,
): Sentence[] {
  return splitSentences(abstract).map((text) => ({
    text,
    termVector: mayHave(text)
      ? toTermVector({ title: '', abstract: text }, only, mayBe)
      : { ...NO_TERMS, length: text.length },
  }));
}

const NO_TERMS: TermVector = toTermVector({ title: '', abstract: '' });
const ASCII_WORD = /^[a-z0-9]+$/;

/** Looks for what the words of a query begin with, which is several times as fast as reading all words. */
function openQuickLook(asked: readonly QueryTerm[]): QuickLook {
  const words = asked.map(({ text }) => foldWord(text));
  if (!words.every((word) => ASCII_WORD.test(word))) return READ_ALL;
  const begun = words.map((word) => beginningOf(stemOf(word)));
  const beginnings = new Uint8Array(2 ** (2 * LETTER_BITS));
  for (const letters of begun) {
    const seconds = letters.length > 1 ? [letters.charCodeAt(1)] : LETTERS.keys();
    for (const second of seconds) beginnings[beginningAt(letters.charCodeAt(0), second)] = 1;
  }
  return {
    mayBe: (word) => beginnings[beginningAt(word.charCodeAt(0), word.charCodeAt(1))] === 1,

    mayHave(text) {
      if (!isIndexedAsWritten(text)) return true;
      // Hyphenated words are also indexed as one.
      const joined = text.toLowerCase().replaceAll('-', '');
      return begun.some((letters) => joined.includes(letters));
    },
  };
}

/** Enough to tell Latin letters apart. */
const LETTER_BITS = 5;
const LETTERS = Array(2 ** LETTER_BITS);

/** @param second NaN, and counted as 0, for a word of one letter */
function beginningAt(first: number, second: number): number {
  return ((first & (LETTERS.length - 1)) << LETTER_BITS) | (second & (LETTERS.length - 1));
}

/**
 * Ranks sentences like papers; the earlier one wins a tie. `undefined` when none contains a term of the
 * query.
 */
export function chooseSnippet(
  sentences: readonly Sentence[],
  terms: readonly WeightedTerm[],
): string | undefined {
  const scores = scoreTermVectors(
    sentences.map(({ termVector }) => termVector),
    terms,
  );
  const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
  return (scores[best] ?? 0) > 0 ? sentences[best]?.text : undefined;
}
