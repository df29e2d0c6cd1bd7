/** Texts and phrases as stems, so that a phrase is a part of a text. */
import { foldedWords, readWords, stemOf } from './words.ts';

export interface Phrase {
  readonly stems: readonly string[];
  /** Between spaces. */
  readonly text: string;
}

export interface StemmedText {
  /** In order, then other forms of words, as in the index. */
  readonly stems: readonly string[];
  /** The same between spaces. */
  readonly text: string;
}

/** @param phrase words separated by spaces */
export function toPhrase(phrase: string): Phrase {
  const stems = foldedWords(phrase).map(stemOf);
  return { stems, text: between(stems) };
}

export function toStemmedText(text: string): StemmedText {
  const { words, further } = readWords(text);
  const stems = [...words, ...further].map(stemOf);
  return { stems, text: between(stems) };
}

function between(stems: readonly string[]): string {
  return ` ${stems.join(' ')} `;
}
