/** How much a paper trends: what people did with it, fading with age. */
import type { Day } from '../time/clock.ts';

interface Activity {
  readonly votes: number;
  /** Votes gained lately; absent when nobody looked twice. */
  readonly growth?: number;
  readonly comments: number;
  readonly stars: number;
  /** People of the team who saved it. */
  readonly saves: number;
}

/** In votes. Growth is votes that are counted already, so half of it is a nudge and not a second list. */
const GROWTH_WORTH = 0.5;
/** A comment takes more effort than a vote, and a save in one's own team says more than a stranger's vote. */
const COMMENT_WORTH = 2;
const SAVE_WORTH = 5;

/** Hacker News divides by (hours + 2) to the power of 1.8: http://amix.dk/blog/post/19574, from its published news.arc. */
const HEAD_START = 2;
const GRAVITY = 1.8;

/**
 * points / (age + 2)^1.8, Hacker News' ranking, where
 *
 *     points = votes + growth/2 + 2·comments + ln(1 + stars) + 5·saves
 *
 * Of two papers with as many votes the rising one leads; votes taken back do not count twice. Stars run over five
 * orders of magnitude and were often earned before the paper, hence the logarithm.
 * @param age in lengths of the listed period where Hacker News has hours: papers live for weeks, and a month's list is to
 *   fade as gently as a day's. What stands at its beginning needs about twice the points of what stands at its end
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
  /** The day of the list that it stood on. */
  readonly day: Day;
}

/** Best first. The same papers always come in the same order: equals by votes, then the newer list, then id. */
export function compareScored(a: ScoredPaper, b: ScoredPaper): number {
  return b.score - a.score || b.votes - a.votes || compareText(b.day, a.day) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
