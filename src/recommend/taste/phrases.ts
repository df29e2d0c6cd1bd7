/** Finds the subjects of papers: words and pairs of words that several of them have in common. Pure. */

import { STOP_WORDS } from '../../search/text/stop-words.ts';
import { pairOf, termOf } from '../../search/text/term-vector.ts';
import { foldedWords, foldWord, stemOf } from '../../search/text/words.ts';
import { readable } from '../../text/readable.ts';
import type { TermRarity } from '../ranking/interests.ts';
import type { Counted } from './taste.ts';

export interface WeighedText {
  readonly title: string;
  readonly abstract: string;
  readonly weight: number;
}

interface Phrase {
  readonly terms: readonly number[];
  /** Spellings, with their counts. */
  readonly spellings: Map<string, number>;
  /** Weight by the index of a text. */
  readonly texts: Map<number, number>;
}

/** A pair names a subject better than its words do. */
const PAIR = 2;
const IN_TITLE = 2;
/** What a text still adds to a second subject. */
const COVERED = 0.35;
/** A subject of less worth than this share of the first is a coincidence. */
const LEAST_WORTH = 0.2;
/** Shorter words are mostly symbols; abbreviations are kept. */
const SHORTEST = 4;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;
/** Ends of a phrase. */
const BREAKS = /[.,;:!?()[\]{}"“”„«»/|=<>$\\]+|\s[-–—]+\s/u;
/** Words of every abstract that say nothing about its subject. */
const EMPTY = new Set(
  `approach approaches method methods paper papers result results show shows model models problem problems
  study work novel propose proposed present performance based using use used new algorithm algorithms analysis
  framework task tasks data dataset datasets system systems state-of-the-art experiments evaluation
  real-world large-scale high-quality end-to-end large small high low new different multiple existing recent`.match(
    /\S+/g,
  ),
);

/** @returns the subjects that most papers share, each with its number of papers, the strongest first */
export function sharedSubjects(texts: readonly WeighedText[], rarity: TermRarity, count: number): Counted[] {
  const phrases = new Map<number, Phrase>();
  for (const [index, { title, abstract, weight }] of texts.entries()) {
    read(phrases, readable(title), index, weight * IN_TITLE);
    read(phrases, readable(abstract), index, weight);
  }
  const fewest = texts.length >= 6 ? 2 : 1;
  const open = [...phrases.values()].filter((phrase) => phrase.texts.size >= fewest);
  const left = texts.map(() => 1);
  const chosen: Counted[] = [];
  const taken = new Set<number>();
  let first: number | undefined;
  while (chosen.length < count) {
    let best: Phrase | undefined;
    let most = 0;
    for (const phrase of open) {
      if (phrase.terms.some((term) => taken.has(term))) continue;
      const rare = Math.max(...phrase.terms.map((term) => rarity.of(term)));
      let weight = 0;
      for (const [text, part] of phrase.texts) weight += Math.sqrt(part) * (left[text] as number);
      const value = weight * rare * (phrase.terms.length > 1 ? PAIR : 1);
      if (value <= most) continue;
      most = value;
      best = phrase;
    }
    first ??= most;
    if (!best || most < first * LEAST_WORTH) break;
    const [spelling = ''] = [...best.spellings].sort(([, a], [, b]) => b - a)[0] ?? [];
    chosen.push({ name: spelling, papers: best.texts.size });
    for (const term of best.terms) taken.add(term);
    for (const text of best.texts.keys()) left[text] = (left[text] as number) * COVERED;
  }
  return chosen;
}

function read(phrases: Map<number, Phrase>, text: string, index: number, weight: number): void {
  for (const piece of text.split(BREAKS)) {
    let before: { readonly word: string; readonly term: number } | undefined;
    for (const word of piece.match(WORDS) ?? []) {
      const folded = foldWord(word);
      const isEmpty = EMPTY.has(folded);
      if (STOP_WORDS.has(folded) || /^\d/.test(folded)) {
        before = undefined;
        continue;
      }
      const term = termOf(foldedWords(word).map(stemOf).join(' '));
      const spelling = isAbbreviation(word) ? word : folded;
      const isTooShort = folded.length < SHORTEST && !isAbbreviation(word);
      if (!isEmpty && !isTooShort) add(phrases, term, [term], spelling, index, weight);
      if (before && !EMPTY.has(before.word)) {
        add(
          phrases,
          pairOf(before.term, term),
          [before.term, term],
          `${before.word} ${spelling}`,
          index,
          weight,
        );
      }
      before = { word: spelling, term };
    }
  }
}

function add(
  phrases: Map<number, Phrase>,
  key: number,
  terms: readonly number[],
  spelling: string,
  index: number,
  weight: number,
): void {
  let phrase = phrases.get(key);
  if (!phrase) {
    phrase = { terms, spellings: new Map(), texts: new Map() };
    phrases.set(key, phrase);
  }
  phrase.spellings.set(spelling, (phrase.spellings.get(spelling) ?? 0) + 1);
  phrase.texts.set(index, (phrase.texts.get(index) ?? 0) + weight);
}

/** `RL`, `BERT`, `MoE`. */
function isAbbreviation(word: string): boolean {
  return word.length > 1 && /\p{Lu}.*\p{Lu}/u.test(word);
}
