/** Matches author names. The index stems names, so it cannot distinguish Peter from Peters. */

import { foldedWords, splitWords } from '../text/words.ts';
import { quote } from './word-match.ts';

/** True when one author's name contains all words, in any order. A single letter matches as an initial. */
export function isNamed(author: string, words: readonly string[]): boolean {
  const name = foldedWords(author);
  return words.every((word) =>
    word.length === 1 ? name.some((part) => part.startsWith(word)) : name.includes(word),
  );
}

/**
 * Returns an FTS5 expression that matches all papers of the author; `undefined` when the name has no words.
 */
export function toAuthorMatch(author: string): string | undefined {
  const words = splitWords(author).map((word) => (word.length === 1 ? `${quote(word)} *` : quote(word)));
  return words.length === 0 ? undefined : `authors : (${words.slice(0, 8).join(' AND ')})`;
}
