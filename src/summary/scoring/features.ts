/**
 * Describes the sentences of an abstract by features: their cues, words, position, length and relation to the
 * other sentences.
 */
import { contentWords, countShared, similarity } from '../content-words.ts';
import * as cues from '../cues.ts';

/** Returns the weight of a word: higher when fewer papers contain it. */
export type Rarity = (stem: string) => number;

/**
 * Values by name; absent features are 0. Names of phrases are in quotes. A map of what is not 0, because an
 * object with a hundred names takes as long to make as all its values.
 */
export type Features = ReadonlyMap<string, number>;

/** Notes the value of a feature. */
type Note = (name: string, value: number) => void;

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
    const features = new Map<string, number>();
    const note: Note = (name, value) => {
      if (value !== 0) features.set(name, value);
    };
    const shared = [...words].filter((word) => titleWords.has(word));
    note('titleRecall', countShared(titleWords, words) / Math.max(1, titleWords.size));
    note('titleCosine', similarity(words, titleWords));
    note('titleCloseness', close);
    note('titleClosest', flag(close === closest));
    note('titleBehindClosest', close - closest);
    note('titleCovered', share(sum(shared, rarity), sum(titleWords, rarity)));
    const weight = sum(words, rarity);
    note('titleDensity', share(sum(shared, rarity), weight));
    const central = sum(words, (word) => rarity(word) * ((spread.get(word) ?? 1) - 1));
    note('centrality', share(central, weight * sentences.length));
    for (const [cue] of CUES) note(cue, own[cue]);
    note('announcesCloseToTitle', own.ANNOUNCES * close);
    note('announcesFirst', flag(index === announcing));
    note('announcesFirstCloseToTitle', flag(index === announcing) * close);
    note('proposesFirst', flag(index === proposing));
    note('findsFirst', flag(index === finding));
    note('findsFirstUnannounced', flag(index === finding && announcing < 0));
    note('beforeAnnouncement', flag(index < announcing));
    note('afterAnnouncement', flag(announcing >= 0 && index === announcing + 1));
    note('wellAfterAnnouncement', flag(announcing >= 0 && index > announcing + 1));
    note('opensUnannounced', flag(index === 0 && announcing < 0));
    note('announcesFrequent', own.ANNOUNCES * (countShared(frequent, words) / FREQUENT));
    note('announcesLast', flag(index === lastAnnouncing));
    note('announcesAfterBackground', flag(own.ANNOUNCES === 1 && index > 0));
    note('announcesNovelty', own.ANNOUNCES * own.NOVEL);
    noteAround(note, 'ours', ours, index);
    noteAround(note, 'proposal', proposing, index);
    noteAround(note, 'finding', telling, index);
    noteWords(note, words, { spread, frequent, count: sentences.length });
    noteLikenesses(note, sighted, index);
    noteNeighbour(note, 'before', sighted[index - 1]);
    noteNeighbour(note, 'after', sighted[index + 1]);
    notePosition(note, index, sentences.length);
    noteShape(note, text);
    for (const phrase of phrasesOf(text)) {
      const name = `“${phrase}”`;
      if (keeps(name)) note(name, 1);
    }
    return features;
  });
}

const CUES = Object.entries(cues) as ReadonlyArray<[keyof typeof cues, RegExp]>;

function cuesOf(text: string): Sighted['cues'] {
  const found = CUES.map(([name, cue]) => [name, flag(cue.test(text))] as const);
  return Object.fromEntries(found) as Sighted['cues'];
}

function noteNeighbour(note: Note, side: 'before' | 'after', neighbour: Sighted | undefined): void {
  if (neighbour) for (const cue of TELLING_OF_NEIGHBOURS) note(`${side} ${cue}`, neighbour.cues[cue]);
}

/** Position relative to the first sentence of a kind; 0 throughout if there is none. */
function noteAround(note: Note, kind: string, first: number, index: number): void {
  note(`${kind} none`, flag(first < 0));
  note(`${kind} next`, flag(first >= 0 && index === first - 1));
  note(`${kind} later`, flag(index < first));
  note(`${kind} first`, flag(index === first));
  note(`${kind} just before`, flag(first >= 0 && index === first + 1));
  note(`${kind} before`, flag(first >= 0 && index > first + 1));
}

interface AbstractWords {
  /** Number of sentences by word. */
  readonly spread: ReadonlyMap<string, number>;
  readonly frequent: ReadonlySet<string>;
  /** Number of sentences. */
  readonly count: number;
}

/** How much of the sentence is about the abstract's own subject. */
function noteWords(note: Note, words: ReadonlySet<string>, { spread, frequent, count }: AbstractWords): void {
  const spreadOf = (word: string) => spread.get(word) ?? 0;
  note('frequentWords', countShared(frequent, words) / FREQUENT);
  note('meanSpread', share(sum(words, spreadOf), words.size * count));
  const own = sum(words, (word) => flag(spread.get(word) === 1));
  note('ownWords', share(own, words.size));
  note('contentWords', words.size / 20);
}

/** Similarity to the sentences around, and to the first and the last. */
function noteLikenesses(note: Note, sighted: readonly Sighted[], index: number): void {
  const words = sighted[index]?.words ?? new Set<string>();
  const likeness = (other: number) => {
    const there = other === index ? undefined : sighted.at(other)?.words;
    return there ? similarity(words, there) : 0;
  };
  note('likePrevious', index > 0 ? likeness(index - 1) : 0);
  note('likeNext', index < sighted.length - 1 ? likeness(index + 1) : 0);
  note('likeFirst', likeness(0));
  note('likeLast', likeness(sighted.length - 1));
}

function notePosition(note: Note, index: number, count: number): void {
  const position = index / Math.max(1, count - 1);
  const fifth = Math.min(4, Math.floor(position * 5));
  note('position', position);
  note('first', flag(index === 0));
  note('second', flag(index === 1));
  note('third', flag(index === 2));
  note('last', flag(index === count - 1));
  note('beforeLast', flag(index === count - 2));
  note('thirdLast', flag(index === count - 3));
  note(`fifth ${fifth}`, 1);
  note('sentences', Math.min(count, 20) / 10);
}

/** Length in words, as piecewise functions, and punctuation. */
function noteShape(note: Note, text: string): void {
  const length = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  note('length', length / 20);
  note('lengthUpTo12', Math.min(length, 12) / 12);
  note('lengthBeyond25', Math.max(0, length - 25) / 10);
  note('lengthBeyond35', Math.max(0, length - 35) / 10);
  note('lengthLog', Math.log(length + 1));
  note('tooLong', flag(text.length > 400));
  note('digit', flag(/\d/.test(text)));
  note('colon', flag(text.includes(':')));
  note('bracket', flag(text.includes('(')));
  note('commas', (text.match(/,/g)?.length ?? 0) / 3);
  note('question', flag(text.endsWith('?')));
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
