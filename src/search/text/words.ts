/** Tokenises and stems like FTS5's `porter unicode61 remove_diacritics 2`, for scoring outside SQLite. */
import { stemmer } from 'stemmer';
import { fold, furtherForms, indexedText } from '../../text/index-text.ts';

/** Letters, numbers and private-use characters, as in unicode61. Marks stay with their letter. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const BEYOND_ASCII = /[^ -~\s]/;

/** Returns the words of `text` for FTS5, which folds and stems them itself. */
export function splitWords(text: string): string[] {
  return indexedText(text).match(WORD) ?? [];
}

/**
 * Lower-cases and removes accents and strokes: “Poincaré” → “poincare”, “Łódź” → “lodz”. Has no spaces at the
 * ends, which `indexedText` puts around Chinese, Japanese and Korean.
 */
export function foldWord(text: string): string {
  return fold(indexedText(text)).trim();
}

/** Returns the folded words of `text`. */
export function foldedWords(text: string): string[] {
  return wordsIn(foldWord(text));
}

/** Returns the folded words of `text` in order, and their further forms. */
export function readWords(text: string): { readonly words: string[]; readonly further: string[] } {
  const folded = foldWord(text);
  return { words: wordsIn(folded), further: furtherForms(folded) };
}

/** Returns the stem of a folded word. Must not be applied twice: “diffus” would become “diffu”. */
export function stemOf(folded: string): string {
  return stemmer(folded);
}

/** Returns what all words with a stem begin with: “studi” for “study” differs in its last letter at most. */
export function beginningOf(stem: string): string {
  return stem.slice(0, Math.max(1, stem.length - 1));
}

function wordsIn(folded: string): string[] {
  return folded.match(BEYOND_ASCII.test(folded) ? WORD : ASCII_WORD) ?? [];
}
