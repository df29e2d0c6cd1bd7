/**
 * Scores how well a sentence of an abstract would serve as a summary, by its features. Their weights come
 * from `bench/training/train-summary.ts`.
 */
import { contentWords, countShared, similarity } from './content-words.ts';
import * as cues from './cues.ts';
import { COMMON_STEMS, PAPERS, WEIGHTS } from './weights.ts';

/** Returns the weight of a word: higher when fewer papers contain it. */
export type Rarity = (stem: string) => number;

/** Values by name; absent features are 0. Names of phrases are in quotes. */
export type Features = Readonly<Record<string, number>>;

/** Words in fewer papers than this, such as names of methods, all count as equally rare. */
export const COMMON_FROM = 100;

const weights: ReadonlyMap<string, number> = new Map(Object.entries(WEIGHTS));

/** @param counts number of papers per stem, of the common stems only */
export function rarityAmong(counts: Readonly<Record<string, number>>, papers: number): Rarity {
  const rare = Math.log(papers / (COMMON_FROM / 2));
  const common = new Map(
    Object.entries(counts).map(([stem, count]) => [stem, Math.log((papers + 1) / (count + 1))]),
  );
  return (stem) => common.get(stem) ?? rare;
}

/** Rarity of a stem among machine learning papers. */
export const rarity = rarityAmong(COMMON_STEMS, PAPERS);

/** Returns one score per sentence, comparable only within this abstract. */
export function scoreSentences(title: string, sentences: readonly string[]): number[] {
  return describeSentences(title, sentences, rarity).map(weigh);
}

function weigh(features: Features): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += (weights.get(name) ?? 0) * value;
  return score;
}

/** Cues that also count in the neighbours of a sentence. */
const TELLING_OF_NEIGHBOURS = [
  'ANNOUNCES',
  'CONTRASTS',
  'PROBLEMS',
  'BACKGROUND',
  'RESULTS',
  'FINDS',
] as const;

/** A sentence with its position, words and cues. */
interface Sighted {
  readonly text: string;
  readonly index: number;
  readonly words: ReadonlySet<string>;
  readonly cues: Readonly<Record<keyof typeof cues, number>>;
}

/** Returns one record per sentence, in order. Values that are equal for all sentences are not included. */
export function describeSentences(title: string, sentences: readonly string[], rarity: Rarity): Features[] {
  const sighted = sentences.map((text, index) => ({
    text,
    index,
    words: contentWords(text),
    cues: cuesOf(text),
  }));
  const titleWords = contentWords(title);
  const closeness = sighted.map(({ words }) => weightedCosine(words, titleWords, rarity));
  const closest = Math.max(...closeness);
  const firstOf = (cue: keyof typeof cues) => sighted.findIndex((each) => each.cues[cue] === 1);
  const announcing = firstOf('ANNOUNCES');
  const proposing = firstOf('PROPOSES');
  const finding = firstOf('FINDS');
  const spread = countSentencesByWord(sighted);

  return sighted.map(({ text, index, words, cues: own }) => {
    const close = closeness[index] ?? 0;
    const shared = [...words].filter((word) => titleWords.has(word));
    return {
      titleRecall: countShared(titleWords, words) / Math.max(1, titleWords.size),
      titleCosine: similarity(words, titleWords),
      titleCloseness: close,
      titleClosest: flag(close === closest),
      titleBehindClosest: close - closest,
      titleCovered: share(sum(shared, rarity), sum(titleWords, rarity)),
      titleDensity: share(sum(shared, rarity), sum(words, rarity)),
      centrality: share(
        sum(words, (word) => rarity(word) * ((spread.get(word) ?? 1) - 1)),
        sum(words, rarity) * sentences.length,
      ),
      ...own,
      announcesCloseToTitle: (own.ANNOUNCES ?? 0) * close,
      announcesFirst: flag(index === announcing),
      announcesFirstCloseToTitle: flag(index === announcing) * close,
      proposesFirst: flag(index === proposing),
      findsFirst: flag(index === finding),
      findsFirstUnannounced: flag(index === finding && announcing < 0),
      beforeAnnouncement: flag(index < announcing),
      afterAnnouncement: flag(announcing >= 0 && index === announcing + 1),
      wellAfterAnnouncement: flag(announcing >= 0 && index > announcing + 1),
      opensUnannounced: flag(index === 0 && announcing < 0),
      ...neighbourly('before', sighted[index - 1]),
      ...neighbourly('after', sighted[index + 1]),
      position: index / Math.max(1, sentences.length - 1),
      first: flag(index === 0),
      second: flag(index === 1),
      last: flag(index === sentences.length - 1),
      beforeLast: flag(index === sentences.length - 2),
      ...shapeOf(text),
      ...Object.fromEntries(phrasesOf(text).map((phrase) => [`“${phrase}”`, 1])),
    };
  });
}

function cuesOf(text: string): Sighted['cues'] {
  const found = Object.entries(cues).map(([name, cue]) => [name, flag(cue.test(text))] as const);
  return Object.fromEntries(found) as Sighted['cues'];
}

function neighbourly(side: 'before' | 'after', neighbour: Sighted | undefined): Features {
  return Object.fromEntries(
    TELLING_OF_NEIGHBOURS.map((cue) => [`${side} ${cue}`, neighbour?.cues[cue] ?? 0] as const),
  );
}

/** Length in words, as piecewise functions, and punctuation. */
function shapeOf(text: string): Features {
  const length = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return {
    length: length / 20,
    lengthUpTo12: Math.min(length, 12) / 12,
    lengthBeyond25: Math.max(0, length - 25) / 10,
    lengthBeyond35: Math.max(0, length - 35) / 10,
    lengthLog: Math.log(length + 1),
    tooLong: flag(text.length > 400),
    digit: flag(/\d/.test(text)),
    colon: flag(text.includes(':')),
    bracket: flag(text.includes('(')),
    commas: (text.match(/,/g)?.length ?? 0) / 3,
    question: flag(text.endsWith('?')),
  };
}

function countSentencesByWord(sighted: readonly Sighted[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of sighted) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function weightedCosine(a: ReadonlySet<string>, b: ReadonlySet<string>, rarity: Rarity): number {
  const square = (word: string) => rarity(word) ** 2;
  const shared = [...a].filter((word) => b.has(word));
  return share(sum(shared, square), Math.sqrt(sum(a, square) * sum(b, square)));
}

function sum(words: Iterable<string>, of: Rarity): number {
  let total = 0;
  for (const word of words) total += of(word);
  return total;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function flag(condition: boolean): number {
  return condition ? 1 : 0;
}

/**
 * Returns the distinct words, word pairs, and openings of up to three words (after `^`). They cover phrases
 * that the cues lack.
 */
function phrasesOf(sentence: string): string[] {
  const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  const openings = [1, 2, 3].flatMap((length) =>
    words.length < length ? [] : [`^${words.slice(0, length).join(' ')}`],
  );
  return [...new Set([...words, ...pairs, ...openings])];
}
