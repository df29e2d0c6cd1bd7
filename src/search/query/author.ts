/** Matches author names. The index stems names, so it cannot distinguish Peter from Peters. */

import { foldedWords } from '../text/words.ts';

/** True when one author's name contains all words, in any order. A single letter matches as an initial. */
export function isNamed(author: string, words: readonly string[]): boolean {
  const name = foldedWords(author);
  return words.every((word) =>
    word.length === 1 ? name.some((part) => part.startsWith(word)) : name.includes(word),
  );
}
