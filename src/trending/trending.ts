/** Trending lists of a day, a week or a month. */

import type { Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';
import type { Day } from '../time/clock.ts';
import type { RankReason } from './score.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export interface TrendingQuery {
  readonly period: Period;
  /** Any day of the period; the latest period with a list by default. */
  readonly date?: Day;
  /** Filter: words, or a category (`cs.CL`). */
  readonly topic?: string;
  /** Adds papers that were new on these days, even if no list has them. */
  readonly withNew?: true;
  /** Team whose saves count. */
  readonly of: Team;
  readonly limit: number;
  readonly offset: number;
}

export interface TrendingEntry {
  readonly paper: Paper;
  /** Position in the whole list, from 1. */
  readonly rank: number;
  readonly score: number;
  /** Votes gained since the first poll in the last two days; absent after only one poll. */
  readonly growth?: number;
  /** Number of people in the team who saved it. */
  readonly saves: number;
  /** Earliest day in the period that lists the paper. */
  readonly day: Day;
  /** Why it ranks above a paper with more votes; absent where votes alone explain the order. */
  readonly reason?: RankReason;
}

export interface TrendingList {
  readonly period: Period;
  /** First and last day of the period, both included. */
  readonly from: Day;
  readonly to: Day;
  readonly entries: readonly TrendingEntry[];
  /** Number of papers before paging. */
  readonly total: number;
  /** A day in the nearest earlier and later period with a list. */
  readonly previous?: Day;
  readonly next?: Day;
}

export interface TrendingService {
  list(query: TrendingQuery): Promise<TrendingList>;
}
