/** Texts and phrases as stems, so that a phrase is a part of a text. */
import { beginningOf, foldedWords, readWords, stemOf } from './words.ts';

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
  const stems = [...words, ...further].map(rememberedStem);
  return { stems, text: between(stems) };
}

/** Words that are remembered; most texts have the same ones. */
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, string>();

function rememberedStem(word: string): string {
  let stem = remembered.get(word);
  if (stem === undefined) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    stem = stemOf(word);
    // Copies, because a slice keeps the whole text in memory.
    remembered.set(Buffer.from(word).toString(), Buffer.from(stem).toString());
  }
  return stem;
}

function between(stems: readonly string[]): string {
  return ` ${stems.join(' ')} `;
}

const ASCII_ONLY = /^[ -~\s]*$/;
const ASCII_WORD = /^[a-z0-9]+$/;
const ASCII_LETTER = /[a-z0-9]/;

/**
 * Returns a quick check of a folded text for a phrase: true if it surely has it, false if it surely does not,
 * and `undefined` if all its words must be stemmed to know.
 * @param words folded
 */
export function toQuickCheck(words: readonly string[]): (folded: string) => boolean | undefined {
  // A single word can also be in the text in another form: “selfattention”.
  if (words.length < 2 || !words.every((word) => ASCII_WORD.test(word))) return () => undefined;
  const hasNeighbours = openNeighbours(words.map(stemOf));
  return (folded) => {
    if (!hasNeighbours(folded)) return false;
    // Other letters than these can be part of a word, too.
    return ASCII_ONLY.test(folded) ? true : undefined;
  };
}

/** Looks for neighbours that begin like the stems, and stems only these. */
function openNeighbours(stems: readonly string[]): (folded: string) => boolean {
  const begun = stems.map(beginningOf);
  const neighbours = new RegExp(begun.map((letters) => `(${letters}[a-z0-9]*)`).join('[^a-z0-9]+'), 'y');
  const [first = ''] = begun;
  return (folded) => {
    // Much faster than a pattern that begins at each sign.
    for (let at = folded.indexOf(first); at >= 0; at = folded.indexOf(first, at + 1)) {
      if (ASCII_LETTER.test(folded.charAt(at - 1))) continue;
      neighbours.lastIndex = at;
      const [, ...found] = neighbours.exec(folded) ?? [];
      if (found.length > 0 && stems.every((stem, n) => rememberedStem(found[n] ?? '') === stem)) return true;
    }
    return false;
  };
}
