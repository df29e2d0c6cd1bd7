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
export function trendingScore({ votes, growth = 0, comments, stars, saves }: Activity, age: number): number {
  const points =
    votes +
    GROWTH_WORTH * Math.max(0, growth) +
    COMMENT_WORTH * comments +
    Math.log1p(Math.max(0, stars)) +
    SAVE_WORTH * saves;
  return points / (Math.max(0, age) + HEAD_START) ** GRAVITY;
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
