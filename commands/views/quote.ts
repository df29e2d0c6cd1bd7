/** Quotes what a person typed. */
import { clip } from '../../src/chat/clip.ts';

/** Characters. A longer text is recognised by its beginning. */
const ECHOED = 80;
const ONE_PHRASE = /^["“”„]([^"“”„]*)["“”]$/;

/** “mixture of experts”, in curly quotes, whether it was typed with quotes or without. */
export function quoteInput(words: string, limit = ECHOED): string {
  return `“${clip(unquoted(words), limit)}”`;
}

/** Without the quotes around the whole. */
export function unquoted(words: string): string {
  const text = words.trim();
  return ONE_PHRASE.exec(text)?.[1]?.trim() ?? text;
}

/** Label of the button that takes back what was read from the words. */
export const EXACTLY = 'Search for exactly these words';
