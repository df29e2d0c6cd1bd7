/** The interest of a channel: what the papers have in common that people there saved and discussed. Pure. */
import { type TermWeights, toInterest, toNamedWeights } from '../recommend/ranking/interests.ts';
import type { Subject } from '../recommend/ranking/subjects.ts';
import type { TermVector } from '../search/text/term-vector.ts';

/** A paper that a channel had or that people there saved, and how many people did what. */
export interface ChannelPaper {
  readonly paper: number;
  /** Day of the latest act or else of the post. */
  readonly day: string;
  readonly saved: number;
  readonly discussed: number;
  readonly dismissed: number;
  /** 1 if it was linked in a message before the channel learned. */
  readonly linked: number;
}

export interface PaperWords {
  readonly termVector: TermVector;
  readonly weights: TermWeights;
  /** Unit vector of its meaning. Absent until it is learned. */
  readonly meaning?: Float32Array;
}

/** A paper that speaks for others like it. */
export interface WantedPaper extends ChannelPaper, PaperWords {
  readonly weight: number;
}

export interface ChannelInterest {
  /** Terms that the channel wants, and the sum of meanings. Empty when nothing is known. */
  readonly terms: ReadonlyMap<number, number>;
  readonly meaning: Float32Array;
  readonly wanted: readonly WantedPaper[];
  /** How much is known, where 1 is one save in the latest list. */
  readonly known: number;
}

// Chosen on half of the simulated channels in bench/learned-feeds.ts; its figures are for the other half.
/** Lists after which an act counts for half, so that a channel that turns to something else is followed. */
const HALF_LIFE_LISTS = 6;
const DISCUSSED = 0.5;
/** A post that nobody touched, next to one save. Altogether, they never outweigh what is wanted. */
const UNTOUCHED = 0.5;
/** A subject that a manager named. It does not age. */
const PINNED = 2;
/**
 * All subjects that the channel started from, a paper that was linked in the past, and all of these. They do
 * not age, but count half after one save, a third after two, and so on.
 */
const START = 1;
const LINKED = 0.5;
const ALL_LINKED = 4;

export interface InterestFacts {
  readonly papers: readonly ChannelPaper[];
  readonly wordsOf: (paper: number) => PaperWords | undefined;
  readonly pinned: readonly Subject[];
  readonly start: readonly Subject[];
}

export function toChannelInterest({ papers, wordsOf, pinned, start }: InterestFacts): ChannelInterest {
  const listsSince = listsAfter(papers);
  const own = papers.map(
    (each) => weightOf(each) * 2 ** (-(listsSince.get(each.day) ?? 0) / HALF_LIFE_LISTS),
  );
  const said = own.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const left = 1 / (1 + said);
  const linked = Math.min(LINKED, ALL_LINKED / papers.filter(isLinked).length);
  const weighed = papers.flatMap((each, index): WantedPaper[] => {
    const words = wordsOf(each.paper);
    const weight = isLinked(each) ? linked * left : (own[index] ?? 0);
    return words ? [{ ...each, ...words, weight }] : [];
  });
  const wanted = weighed.filter(({ weight }) => weight > 0);
  const known = wanted.reduce((sum, { weight }) => sum + weight, 0);
  const unwanted = weighed.reduce((sum, { weight }) => sum - Math.min(0, weight), 0);
  const bounded = weighed.map(({ weight }) => (weight < 0 ? weight * Math.min(1, known / unwanted) : weight));
  const subjects = [
    ...pinned.map((subject) => ({ weights: toNamedWeights(subject.terms), weight: PINNED })),
    ...start.map((subject) => ({
      weights: toNamedWeights(subject.terms),
      weight: (START * left) / start.length,
    })),
  ];
  return {
    terms: toInterest(
      [...weighed, ...subjects].map(({ weights }) => weights),
      [...bounded, ...subjects.map(({ weight }) => weight)],
    ),
    meaning: sumOf(weighed, bounded),
    wanted,
    known: known + subjects.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** How many later days had posts or acts, by day. Weekends and holidays do not age what was learned. */
function listsAfter(papers: readonly ChannelPaper[]): ReadonlyMap<string, number> {
  const days = [...new Set(papers.map(({ day }) => day))].sort().reverse();
  return new Map(days.map((day, at) => [day, at]));
}

/** Linked in the past, and nobody did more with it. */
function isLinked({ saved, discussed, dismissed, linked }: ChannelPaper): boolean {
  return linked > 0 && saved + discussed + dismissed === 0;
}

/** More people count for more, but not in proportion. */
function weightOf(paper: ChannelPaper): number {
  if (isLinked(paper)) return 0;
  const { saved, discussed, dismissed } = paper;
  if (saved + discussed + dismissed === 0) return -UNTOUCHED;
  const balance = saved + DISCUSSED * discussed - dismissed;
  return Math.sign(balance) * Math.sqrt(Math.abs(balance));
}

function sumOf(papers: readonly WantedPaper[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(papers.find(({ meaning }) => meaning)?.meaning?.length ?? 0);
  for (const [index, { meaning }] of papers.entries()) {
    if (meaning?.length !== sum.length) continue;
    const weight = weights[index] ?? 0;
    for (let at = 0; at < sum.length; at++) {
      sum[at] = (sum[at] as number) + weight * (meaning[at] as number);
    }
  }
  return sum;
}
