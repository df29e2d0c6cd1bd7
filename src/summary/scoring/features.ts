/**
 * Describes the sentences of an abstract by features: their cues, words, position, length and relation to the
 * other sentences.
 */
import { contentWords, countShared, similarity } from '../content-words.ts';
import * as cues from '../cues.ts';

/** Returns the weight of a word: higher when fewer papers contain it. */
export type Rarity = (stem: string) => number;

/** Values by name; absent features are 0. Names of phrases are in quotes. */
export type Features = Readonly<Record<string, number>>;

/** Cues that also count in the neighbours of a sentence. */
const TELLING_OF_NEIGHBOURS = [
  'ANNOUNCES',
  'CONTRASTS',
  'PROBLEMS',
  'BACKGROUND',
  'RESULTS',
  'FINDS',
  'CONTINUES',
] as const;

/** Words that count as an abstract's subject. */
const FREQUENT = 10;

/** A sentence with its position, words and cues. */
interface Sighted {
  readonly text: string;
  readonly index: number;
  readonly words: ReadonlySet<string>;
  readonly cues: Readonly<Record<keyof typeof cues, number>>;
}

/**
 * Returns one record per sentence, in order. Values that are equal for all sentences are not included.
 * @param keeps says which phrases to include, since there are a hundred in a sentence; all by default
 */
export function describeSentences(
  title: string,
  sentences: readonly string[],
  rarity: Rarity,
  keeps: (phrase: string) => boolean = () => true,
): Features[] {
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
  const frequent = mostFrequent(spread);
  const ours = firstOf('OURS');
  const lastAnnouncing = sighted.findLastIndex((each) => each.cues.ANNOUNCES === 1);
  const telling = sighted.findIndex((each) => each.cues.RESULTS === 1 || each.cues.FINDS === 1);

  return sighted.map(({ text, index, words, cues: own }) => {
    const close = closeness[index] ?? 0;
    const phrases = Object.fromEntries(
      phrasesOf(text)
        .map((phrase) => `“${phrase}”`)
        .filter(keeps)
        .map((name) => [name, 1]),
    );
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
      announcesFrequent: (own.ANNOUNCES ?? 0) * (countShared(frequent, words) / FREQUENT),
      announcesLast: flag(index === lastAnnouncing),
      announcesAfterBackground: flag(own.ANNOUNCES === 1 && index > 0),
      announcesNovelty: (own.ANNOUNCES ?? 0) * (own.NOVEL ?? 0),
      ...around('ours', ours, index),
      ...around('proposal', proposing, index),
      ...around('finding', telling, index),
      ...wordsOf(words, { spread, frequent, count: sentences.length }),
      ...likenesses(sighted, index),
      ...neighbourly('before', sighted[index - 1]),
      ...neighbourly('after', sighted[index + 1]),
      ...positionOf(index, sentences.length),
      ...shapeOf(text),
      ...phrases,
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

/** Position relative to the first sentence of a kind; 0 throughout if there is none. */
function around(kind: string, first: number, index: number): Features {
  return {
    [`${kind} none`]: flag(first < 0),
    [`${kind} next`]: flag(first >= 0 && index === first - 1),
    [`${kind} later`]: flag(index < first),
    [`${kind} first`]: flag(index === first),
    [`${kind} just before`]: flag(first >= 0 && index === first + 1),
    [`${kind} before`]: flag(first >= 0 && index > first + 1),
  };
}

/** How much of the sentence is about the abstract's own subject. */
function wordsOf(
  words: ReadonlySet<string>,
  {
    spread,
    frequent,
    count,
  }: { spread: ReadonlyMap<string, number>; frequent: ReadonlySet<string>; count: number },
): Features {
  return {
    frequentWords: countShared(frequent, words) / FREQUENT,
    meanSpread: share(
      sum(words, (word) => spread.get(word) ?? 0),
      words.size * count,
    ),
    ownWords: share(
      sum(words, (word) => flag(spread.get(word) === 1)),
      words.size,
    ),
    contentWords: words.size / 20,
  };
}

/** Similarity to the sentences around, and to the first and the last. */
function likenesses(sighted: readonly Sighted[], index: number): Features {
  const words = sighted[index]?.words ?? new Set<string>();
  const likeness = (other: number) => {
    const there = other === index ? undefined : sighted.at(other)?.words;
    return there ? similarity(words, there) : 0;
  };
  return {
    likePrevious: index > 0 ? likeness(index - 1) : 0,
    likeNext: index < sighted.length - 1 ? likeness(index + 1) : 0,
    likeFirst: likeness(0),
    likeLast: likeness(sighted.length - 1),
  };
}

function positionOf(index: number, count: number): Features {
  const position = index / Math.max(1, count - 1);
  const fifth = Math.min(4, Math.floor(position * 5));
  return {
    position,
    first: flag(index === 0),
    second: flag(index === 1),
    third: flag(index === 2),
    last: flag(index === count - 1),
    beforeLast: flag(index === count - 2),
    thirdLast: flag(index === count - 3),
    [`fifth ${fifth}`]: 1,
    sentences: Math.min(count, 20) / 10,
  };
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

/** The words in most sentences; of equals, the earlier ones. */
function mostFrequent(spread: ReadonlyMap<string, number>): Set<string> {
  const ordered = [...spread].toSorted(([, a], [, b]) => b - a);
  return new Set(ordered.slice(0, FREQUENT).map(([word]) => word));
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
