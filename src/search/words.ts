/** Words and their stems by the rules of FTS5's `porter unicode61 remove_diacritics 2`, for what is scored outside of SQLite. */
import { stemmer } from 'stemmer';

/** Letters, numbers and private use, as unicode61 does; marks stay with their letter, as it folds most of them away. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const BEYOND_ASCII = /[^ -~\s]/;
const DIACRITICS = /[\u0300-\u036f]+/g;

/** Different words of 80,000 abstracts fit; a flood of nonsense starts the memory anew. */
const MAX_REMEMBERED = 300_000;
const stems = new Map<string, string>();

/** The words as they stand in `text`: what is quoted for FTS5, which folds and stems them itself. */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Lower case without accents: “Poincaré” → “poincare”. */
export function foldWord(text: string): string {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize('NFD').replace(DIACRITICS, '') : lower;
}

/** The words of `text`, folded. */
export function foldedWords(text: string): string[] {
  const folded = foldWord(text);
  return folded.match(BEYOND_ASCII.test(folded) ? WORD : ASCII_WORD) ?? [];
}

/** The stem of a folded word, as the index holds it. Never stem a stem: “diffus” would become “diffu”. */
export function stemOf(folded: string): string {
  let stem = stems.get(folded);
  if (stem === undefined) {
    if (stems.size >= MAX_REMEMBERED) stems.clear();
    stem = stemmer(folded);
    stems.set(folded, stem);
  }
  return stem;
}
