/** Values that are lists: `exclude:survey, "large language models"` goes on behind its comma. */
import type { PairWord, Word } from './words.ts';

const QUOTE = /["“”„‟«»]/gu;

/**
 * The whole list that begins in a `name:value`, its inner quotes kept, and how many of the following words it took. More
 * follows behind a comma, before one, and as long as a quote is open.
 * @param isOption true for a word that sets another option and so ends the list
 */
export function readList(
  first: PairWord,
  following: readonly Word[],
  isOption: (word: Word) => boolean,
): { readonly value: string; readonly taken: number; readonly unclosed: boolean } {
  // Escaped quotes are the list's own: they were written by a program, which writes the list in one piece.
  const whole = first.value?.includes('"') === true && first.raw.includes('\\"');
  let value = whole ? (first.value ?? '') : first.raw.slice(first.raw.search(/[:：=]/u) + 1);
  let taken = 0;
  for (const word of whole ? [] : following) {
    const goesOn = value === '' || isOpen(value) || /[,，、]$/u.test(value) || /^[,，、]/u.test(word.raw);
    if (!goesOn || (!isOpen(value) && isOption(word))) break;
    value = `${value} ${word.raw}`;
    taken += 1;
  }
  return { value, taken, unclosed: !whole && isOpen(value) };
}

function isOpen(text: string): boolean {
  return (text.match(QUOTE)?.length ?? 0) % 2 === 1;
}
