/** Whether a paper has an author by a name: the index stems names, so that it alone would take Peter for Peters. */

import { quote } from '../text/units.ts';
import { foldedWords, splitWords } from '../text/words.ts';

/** All words stand in one author's name, in any order; a single letter stands for a name that begins with it. */
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
