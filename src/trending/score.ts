/** Trending score: activity on a paper, decaying with age. */
import type { Day } from '../time/clock.ts';

interface Activity {
  readonly votes: number;
  /** Recently gained votes; absent after fewer than two polls. */
  readonly growth?: number;
  readonly comments: number;
  readonly stars: number;
  /** Number of people in the team who saved it. */
  readonly saves: number;
}

/** In votes. Growth is already part of the votes, so it gets half their weight. */
const GROWTH_WORTH = 0.5;
/** A comment takes more effort than a vote, and a save in the team means more than a vote. */
const COMMENT_WORTH = 2;
const SAVE_WORTH = 5;

/**
 * Hacker News divides by (hours + 2) to the power of 1.8: http://amix.dk/blog/post/19574, from its published
 * news.arc.
 */
const HEAD_START = 2;
const GRAVITY = 1.8;

/**
 * points / (age + 2)^1.8, Hacker News' ranking, where
 *
 *     points = votes + growth/2 + 2·comments + ln(1 + stars) + 5·saves
 *
 * Of two papers with equal votes, the rising one ranks higher. Stars span five orders of magnitude and were
 * often earned before the paper, hence the logarithm.
 * @param age in units of the period's length instead of hours, so that a month's list decays as slowly as a
 *   day's. A paper from the start of the period needs about twice the points of one from the end
 */
export function trendingScore(activity: Activity, age: number): number {
  const { rising, discussed, code, saved } = partsOf(activity);
  return (activity.votes + rising + discussed + code + saved) / decayAt(age);
}

/** Points besides the votes. */
function partsOf({
  growth = 0,
  comments,
  stars,
  saves,
}: Activity): Record<Exclude<RankReason, 'newer'>, number> {
  return {
    rising: GROWTH_WORTH * Math.max(0, growth),
    discussed: COMMENT_WORTH * comments,
    code: Math.log1p(Math.max(0, stars)),
    saved: SAVE_WORTH * saves,
  };
}

function decayAt(age: number): number {
  return (Math.max(0, age) + HEAD_START) ** GRAVITY;
}

/** Part of the score that ranks a paper above one with more votes. */
export type RankReason = 'newer' | 'rising' | 'discussed' | 'code' | 'saved';

type Scored = Activity & { readonly age: number };

/** The part that does most to rank `a` above `b`; `undefined` if votes alone would, or if no part does. */
export function reasonAbove(a: Scored, b: Scored): RankReason | undefined {
  if (a.votes >= b.votes) return undefined;
  const [ownParts, otherParts] = [partsOf(a), partsOf(b)];
  const decay = decayAt(a.age);
  const points = Object.values(ownParts).reduce((sum, part) => sum + part, a.votes);
  const gains: Record<RankReason, number> = {
    newer: points / decay - points / decayAt(b.age),
    rising: (ownParts.rising - otherParts.rising) / decay,
    discussed: (ownParts.discussed - otherParts.discussed) / decay,
    code: (ownParts.code - otherParts.code) / decay,
    saved: (ownParts.saved - otherParts.saved) / decay,
  };
  const [best] = (Object.entries(gains) as [RankReason, number][]).toSorted(([, x], [, y]) => y - x);
  return best !== undefined && best[1] > 0 ? best[0] : undefined;
}

export interface ScoredPaper {
  readonly id: string;
  readonly score: number;
  readonly votes: number;
  /** Day of the list with the paper. */
  readonly day: Day;
}

/** Best first. The order is deterministic: ties are broken by votes, newer list, then id. */
export function compareScored(a: ScoredPaper, b: ScoredPaper): number {
  return b.score - a.score || b.votes - a.votes || compareText(b.day, a.day) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
