/** Ranks the papers of a list for a channel, and says why one is there. Pure. */
import { likenessOf } from '../recommend/ranking/interests.ts';
import { isAbout, mentionsOf, type Subject } from '../recommend/ranking/subjects.ts';
import type { ChannelInterest, PaperWords, WantedPaper } from './channel-interest.ts';

export interface RankRules {
  readonly rank: 'likeness' | 'mixed';
  /** See `OrderQuery`. */
  readonly voted: number;
  readonly pinned: readonly Subject[];
  readonly banned: readonly Subject[];
}

export interface RankedIndex {
  /** Of the paper in the list. */
  readonly index: number;
  readonly banned?: string;
}

/** What is known counts half when it is this much: one save. Until then, votes decide. */
const HALF_KNOWN = 1;
/** Votes, next to likeness, in a channel of which much is known. */
const VOTES = 0.05;
/** Share of meaning in likeness; the rest are words. */
const MEANING = 0.5;
/** A paper about a pinned subject, next to the likeness of the best one. Half if it is named in passing. */
const PINNED = 0.5;
/** Left of the score of a paper that names a banned subject in passing. */
const IN_PASSING = 0.5;

/** @param papers those with votes first, the one with the most votes at the top */
export function rankFor(
  interest: ChannelInterest,
  papers: readonly PaperWords[],
  { rank, voted, pinned, banned }: RankRules,
): RankedIndex[] {
  const likeness = likenessTo(interest, papers);
  const trust = rank === 'likeness' ? 1 : interest.known / (interest.known + HALF_KNOWN);
  const byVotes = rank === 'likeness' ? 0 : 1 - trust + VOTES;
  return papers
    .map(({ termVector }, index) => {
      const popular = index < voted ? 1 - index / Math.max(1, voted) : 0;
      const pin = Math.max(0, ...pinned.map((subject) => mentionScore(subject, termVector)));
      const named = banned.filter((subject) => mentionsOf(subject, termVector) > 0);
      const about = named.find((subject) => isAbout(subject, termVector));
      const score = trust * (likeness[index] ?? 0) + byVotes * popular + PINNED * pin;
      return {
        index,
        score: named.length > 0 ? Math.min(score, score * IN_PASSING) : score,
        ...(about && { banned: about.name }),
      };
    })
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ score: _, ...ranked }) => ranked);
}

function mentionScore(subject: Subject, termVector: PaperWords['termVector']): number {
  if (isAbout(subject, termVector)) return 1;
  return mentionsOf(subject, termVector) > 0 ? 0.5 : 0;
}

/** By words and meaning, where the best paper of the list has 1. */
function likenessTo({ terms, meaning }: ChannelInterest, papers: readonly PaperWords[]): number[] {
  const words = shareOfBest(
    papers.map(({ weights }) => {
      let sum = 0;
      for (let at = 0; at < weights.terms.length; at++) {
        sum += (weights.weights[at] as number) * (terms.get(weights.terms[at] as number) ?? 0);
      }
      return sum;
    }),
  );
  const own = papers.map((paper) => (paper.meaning?.length === meaning.length ? paper.meaning : undefined));
  if (meaning.length === 0) return words;
  const meanings = shareOfBest(
    own.map((vector) => {
      let sum = 0;
      if (vector)
        for (let at = 0; at < vector.length; at++) sum += (vector[at] as number) * (meaning[at] as number);
      return sum;
    }),
  );
  // A new paper may have no vector yet.
  return words.map((share, index) =>
    own[index] ? (1 - MEANING) * share + MEANING * (meanings[index] ?? 0) : share,
  );
}

function shareOfBest(scores: readonly number[]): number[] {
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  return best > 0 ? scores.map((score) => score / best) : scores.map(() => 0);
}

/** Likeness from which a paper is a reason. */
const ALIKE = 0.1;

/** The paper of the channel that this one is most like, if any is. */
export function nearestTo(
  { weights }: PaperWords,
  { wanted }: ChannelInterest,
): { readonly nearest: WantedPaper; readonly likeness: number } | undefined {
  let nearest: WantedPaper | undefined;
  let most = 0;
  let likeness = 0;
  for (const each of wanted) {
    const alike = likenessOf(weights, each.weights);
    const score = alike * Math.sqrt(each.weight);
    if (alike < ALIKE || score <= most) continue;
    most = score;
    likeness = alike;
    nearest = each;
  }
  return nearest && { nearest, likeness };
}
