/** Matches author names without stems, as the index alone would confuse Peter with Peters. */

import { quote } from '../text/units.ts';
import { foldedWords, splitWords } from '../text/words.ts';

/** True if the name contains all words, in any order. A single letter matches a name that begins with it. */
export function isNamed(author: string, words: readonly string[]): boolean {
  const name = foldedWords(author);
  return words.every((word) =>
    word.length === 1 ? name.some((part) => part.startsWith(word)) : name.includes(word),
  );
}

/** The FTS5 expression that no paper of the author fails; `undefined` when the name has no words. */
export function toAuthorMatch(author: string): string | undefined {
  const words = splitWords(author).map((word) => (word.length === 1 ? `${quote(word)} *` : quote(word)));
  return words.length === 0 ? undefined : `authors : (${words.slice(0, 8).join(' AND ')})`;
}
