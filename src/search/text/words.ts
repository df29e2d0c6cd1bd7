/** Words and their stems by the rules of FTS5's `porter unicode61 remove_diacritics 2`, for what is scored outside of SQLite. */
import { stemmer } from 'stemmer';
import { searchText } from '../../text/search-text.ts';

/** Letters, numbers and private use, as unicode61 does; marks stay with their letter, as it folds most of them away. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const COMPOUND = /(?<![\p{L}\p{N}-])([\p{L}\p{N}]{2,})-([\p{L}\p{N}]{2,})(?![\p{L}\p{N}-])/gu;
const BEYOND_ASCII = /[^ -~\s]/;
const DIACRITICS = /[\u0300-\u036f]+/g;

/** The words of `text` as the index reads them: what is quoted for FTS5, which folds and stems them itself. */
export function splitWords(text: string): string[] {
  return searchText(text).match(WORD) ?? [];
}

/** Lower case without accents and strokes: “Poincaré” → “poincare”, “Łódź” → “lodz”. */
export function foldWord(text: string): string {
  const lower = searchText(text).toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize('NFD').replace(DIACRITICS, '') : lower;
}

/** The words of `text`, folded. */
export function foldedWords(text: string): string[] {
  const folded = foldWord(text);
  return folded.match(BEYOND_ASCII.test(folded) ? WORD : ASCII_WORD) ?? [];
}

/** Two words with one hyphen between them, folded. */
export function compoundsIn(text: string): Array<[string, string]> {
  if (!text.includes('-')) return [];
  return [...foldWord(text).matchAll(COMPOUND)].map(([, left = '', right = '']) => [left, right]);
}

/** The stem of a folded word, as the index holds it. Never stem a stem: “diffus” would become “diffu”. */
export function stemOf(folded: string): string {
  return stemmer(folded);
}
