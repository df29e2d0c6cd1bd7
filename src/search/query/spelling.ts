/** The nearest spelling of a text whose words no paper knows. */
import { distance } from 'fastest-levenshtein';
import { foldWord } from '../text/words.ts';
import type { TextQuery } from './query.ts';

/** Each word is compared with the whole vocabulary. */
const MAX_CORRECTED = 4;
const MIN_LENGTH = 3;
const MAX_LENGTH = 40;
/** Shorter words have too many neighbours for two edits. */
const LONG_ENOUGH_FOR_TWO = 6;

export interface Vocabulary {
  readonly words: readonly string[];
  readonly counts: readonly number[];
  /** Which letters each word holds, a bit a letter. */
  readonly letters: Int32Array;
}

export function toVocabulary(counts: ReadonlyMap<string, number>): Vocabulary {
  const kept = [...counts].filter(([{ length }]) => length >= MIN_LENGTH && length <= MAX_LENGTH);
  return {
    words: kept.map(([word]) => word),
    counts: kept.map(([, count]) => count),
    letters: Int32Array.from(kept, ([word]) => lettersOf(word)),
  };
}

/** @param isKnown whether some paper holds the word; such words stay as they are */
export function correctSpelling(
  text: string,
  { words, phrases }: TextQuery,
  vocabulary: Vocabulary,
  isKnown: (word: string) => boolean,
): string | undefined {
  const typed = new Set([...words.map((word) => word.text), ...phrases.flat()]);
  const unknown = [...typed].filter((word) => !isKnown(word)).slice(0, MAX_CORRECTED);
  let corrected = text;
  for (const word of unknown) {
    const nearest = nearestWord(foldWord(word), vocabulary);
    // A function, since "$" would mean something in a plain replacement.
    if (nearest !== undefined) corrected = corrected.replaceAll(word, () => nearest);
  }
  return corrected === text ? undefined : corrected;
}

/** Fewest edits, then the same first letter, then the more frequent word. */
export function nearestWord(word: string, { words, counts, letters }: Vocabulary): string | undefined {
  if (word.length < MIN_LENGTH || word.length > MAX_LENGTH) return undefined;
  const allowed = word.length < LONG_ENOUGH_FOR_TWO ? 1 : 2;
  const typed = lettersOf(word);
  let best: { readonly word: string; readonly cost: number; readonly count: number } | undefined;
  for (const [at, candidate] of words.entries()) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    // One edit adds and removes at most one letter each. This rules out most words without counting edits.
    if (bitsOf(typed ^ (letters[at] ?? 0)) > 2 * allowed) continue;
    const edits = slipsBetween(word, candidate);
    if (edits > allowed) continue;
    const cost = edits + (candidate[0] === word[0] ? 0 : 0.5);
    const count = counts[at] ?? 0;
    if (!best || cost < best.cost || (cost === best.cost && count > best.count)) {
      best = { word: candidate, cost, count };
    }
  }
  return best?.word;
}

/** Levenshtein distance, except that swapped neighbours count as one edit, as they are a common slip. */
function slipsBetween(typed: string, meant: string): number {
  const edits = distance(typed, meant);
  return edits === 2 && hasSwappedNeighbours(typed, meant) ? 1 : edits;
}

/** @param a differs from `b` by two edits */
function hasSwappedNeighbours(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at];
}

function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function bitsOf(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
