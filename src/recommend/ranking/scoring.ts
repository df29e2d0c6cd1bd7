/** Scores papers by their words, the people who saved the same, and their age. Pure. */
import type { TermVector } from '../../search/text/term-vector.ts';
import { openComparison, scoreInterest, type TermRarity, toTermWeights } from './interests.ts';
import { type InterestProfile, isAvoided, mentionsAvoided } from './profile.ts';
import type { RankedPaper } from './reasons.ts';
import type { Scored } from './selection.ts';
import { freshness, isRecent } from './weighing.ts';

/** A paper that names an unwanted subject in passing. */
const IN_PASSING = 0.5;
/** A new paper by an author whom the person watches, and an old one. */
const WATCHED_AUTHOR = 1;
const FORMER_BY_AUTHOR = 0.3;
/** A paper is different if its score by words is below this share of the best one. */
const UNLIKE = 0.35;

export interface RecommendedCandidate {
  readonly pk: number;
  readonly published: string | null;
  readonly termVector: TermVector;
}

export type RecommendedPaper = RankedPaper & Scored;

export interface ScoringFacts {
  readonly profile: InterestProfile;
  readonly rarity: TermRarity;
  /** Weight of each paper by the people who saved the same. */
  readonly readers: ReadonlyMap<number, number>;
  /** Weight of that next to words, whose best score is 1. */
  readonly coSaved: number;
  /** Names of watched authors by paper. */
  readonly watched: ReadonlyMap<number, string>;
  /** An ISO 8601 instant. */
  readonly now: string;
}

export interface ScoredCandidates {
  /** The best first. */
  readonly papers: readonly RecommendedPaper[];
  /** The best score by words, before it is divided by itself. */
  readonly bestByWords: number;
}

export function scorePapers(
  candidates: readonly RecommendedCandidate[],
  facts: ScoringFacts,
): ScoredCandidates {
  const { profile, rarity, readers, coSaved, watched, now } = facts;
  const { disliked, main } = profile;
  const wanted = candidates.filter(({ termVector }) => !isAvoided(profile, termVector));
  const byWords = byInterest(wanted, profile, rarity);
  const bestByWords = Math.max(...byWords, Number.MIN_VALUE);
  const likeDisliked = openComparison(disliked);
  const likeMain = openComparison(main);
  const papers = wanted
    .map(({ pk, published, termVector }, at) => {
      const words = (byWords[at] ?? 0) / bestByWords;
      const people = coSaved * (readers.get(pk) ?? 0);
      const passing = mentionsAvoided(profile, termVector) ? IN_PASSING : 1;
      const author = watched.get(pk);
      const by = author === undefined ? 0 : isRecent(published, now) ? WATCHED_AUTHOR : FORMER_BY_AUTHOR;
      const weights = toTermWeights(termVector, rarity);
      const unwanted = Math.max(0, ...likeDisliked(weights));
      const sum = (words + people + by) * (1 - unwanted);
      return {
        paper: pk,
        termVector,
        weights,
        likeness: likeMain(weights),
        words,
        people,
        ...(author !== undefined && { author }),
        score: sum * passing * freshness(published, now),
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.paper - a.paper);
  return { papers, bestByWords };
}

/** Papers that are about something else, in the same order. */
export function unlikePapers(
  candidates: readonly RecommendedCandidate[],
  { profile, rarity }: Pick<ScoringFacts, 'profile' | 'rarity'>,
  bestByWords: number,
): RecommendedCandidate[] {
  const open = candidates.filter(({ termVector }) => !mentionsAvoided(profile, termVector));
  const scores = byInterest(open, profile, rarity);
  return open.filter((_, at) => (scores[at] ?? 0) < UNLIKE * bestByWords);
}

function byInterest(
  candidates: readonly RecommendedCandidate[],
  { interest }: InterestProfile,
  rarity: TermRarity,
) {
  return scoreInterest(
    interest,
    candidates.map(({ termVector }) => termVector),
    rarity,
  );
}
