/** Splits and stems words like FTS5's `porter unicode61 remove_diacritics 2`, for scoring outside SQLite. */
import { stemmer } from 'stemmer';
import { fold, furtherForms, indexedText } from '../../text/index-text.ts';

/** Letters, numbers and private use, as in unicode61. Marks stay with their letter: it folds most of them. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const BEYOND_ASCII = /[^ -~\s]/;

/** Words of `text` as the index reads them. They are quoted for FTS5, which folds and stems them itself. */
export function splitWords(text: string): string[] {
  return indexedText(text).match(WORD) ?? [];
}

/** Lower case without accents and strokes: “Poincaré” → “poincare”, “Łódź” → “lodz”. */
export function foldWord(text: string): string {
  return fold(indexedText(text));
}

/** The words of `text`, folded. */
export function foldedWords(text: string): string[] {
  return wordsIn(foldWord(text));
}

/** The words of `text` in their order, and the further forms by which it is found; all folded. */
export function readWords(text: string): { readonly words: string[]; readonly further: string[] } {
  const folded = foldWord(text);
  return { words: wordsIn(folded), further: furtherForms(folded) };
}

/** The stem of a folded word, as the index holds it. Never stem a stem: “diffus” would become “diffu”. */
export function stemOf(folded: string): string {
  return stemmer(folded);
}

function wordsIn(folded: string): string[] {
  return folded.match(BEYOND_ASCII.test(folded) ? WORD : ASCII_WORD) ?? [];
}
