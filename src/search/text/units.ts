/** Splits a query into words, hyphenated words, and pairs of characters in scripts without spaces. */
import { CHAIN, fold, HYPHENS, joinedForms, pairsOf, plainText, RUN } from '../../text/index-text.ts';
import { STOP_WORDS } from './stop-words.ts';

export interface Unit {
  /** The words to find and score, in order. */
  readonly words: readonly string[];
  /** A hyphenated word as one word. If a part is meaningless alone (`k-NN`), it is in `words` instead. */
  readonly joined?: { readonly text: string; readonly parts: readonly string[] };
  /** FTS5 expression for papers with the unit. */
  readonly match: string;
  /** FTS5 expression for the exact sequence of words. */
  readonly exact: string;
  /** True for a single word. */
  readonly isPlain: boolean;
}

const UNIT = new RegExp(String.raw`${CHAIN.source}|[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*`, 'gu');
const RUNS = new RegExp(`(${RUN.source})`, 'u');
/** Characters. Words in papers are shorter. */
const LONGEST_WORD = 64;

export function readUnits(text: string): Unit[] {
  return (plainText(text).match(UNIT) ?? []).flatMap((found) =>
    HYPHENS.test(found) ? chainOf(found.split(HYPHENS)) : wordsOf(found),
  );
}

/** Quotes words of letters and digits, so that none is FTS5 syntax. */
export function quote(words: string): string {
  return `"${fold(words)}"`;
}

function wordsOf(word: string): Unit[] {
  return word
    .split(RUNS)
    .filter((piece) => piece !== '' && piece.length <= LONGEST_WORD)
    .map((piece) => {
      const words = RUNS.test(piece) ? pairsOf(piece) : [piece];
      const match = quote(words.join(' '));
      return { words, match, exact: match, isPlain: words.length === 1 };
    });
}

function chainOf(parts: readonly string[]): Unit[] {
  const whole = joinedForms(parts).at(-1);
  if (whole === undefined || whole.length > LONGEST_WORD || parts.some((part) => RUNS.test(part)))
    return parts.flatMap(wordsOf);
  const exact = `(${quote(whole)} OR ${quote(parts.join(' '))})`;
  const distinctive = parts.filter((part) => [...part].length > 1);
  if (distinctive.length < parts.length)
    return [{ words: [...distinctive, whole], match: exact, exact, isPlain: false }];
  const content = parts.filter((part) => !STOP_WORDS.has(fold(part)));
  const apart = (content.length > 0 ? content : parts).map(quote).join(' AND ');
  const match = `(${quote(whole)} OR (${apart}))`;
  return [{ words: parts, joined: { text: whole, parts }, match, exact, isPlain: false }];
}
