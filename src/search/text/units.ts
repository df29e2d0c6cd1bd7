/** Splits a query into words, hyphenated words, and pairs of characters in scripts without spaces. */
import { CHAIN, fold, HYPHENS, joinedForms, pairsOf, plainText, RUN } from '../../text/index-text.ts';
import { STOP_WORDS } from './stop-words.ts';

/** A text matches if it has all phrases of one of the ways. A phrase is words separated by spaces. */
export type Ways = ReadonlyArray<readonly string[]>;

export interface Unit {
  /** The words to find and score, in order. */
  readonly words: readonly string[];
  /** A hyphenated word as one word. If a part is meaningless alone (`k-NN`), it is in `words` instead. */
  readonly joined?: { readonly text: string; readonly parts: readonly string[] };
  readonly ways: Ways;
  /** The same, with the words of the unit next to each other. */
  readonly exactWays: Ways;
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

function wordsOf(word: string): Unit[] {
  return word
    .split(RUNS)
    .filter((piece) => piece !== '' && piece.length <= LONGEST_WORD)
    .map((piece) => {
      const words = RUNS.test(piece) ? pairsOf(piece) : [piece];
      const ways = [[words.join(' ')]];
      return { words, ways, exactWays: ways, isPlain: words.length === 1 };
    });
}

function chainOf(parts: readonly string[]): Unit[] {
  const whole = joinedForms(parts).at(-1);
  if (whole === undefined || whole.length > LONGEST_WORD || parts.some((part) => RUNS.test(part)))
    return parts.flatMap(wordsOf);
  const exact = [[whole], [parts.join(' ')]];
  const distinctive = parts.filter((part) => [...part].length > 1);
  if (distinctive.length < parts.length)
    return [{ words: [...distinctive, whole], ways: exact, exactWays: exact, isPlain: false }];
  const content = parts.filter((part) => !STOP_WORDS.has(fold(part)));
  const ways = [[whole], content.length > 0 ? content : parts];
  return [{ words: parts, joined: { text: whole, parts }, ways, exactWays: exact, isPlain: false }];
}
