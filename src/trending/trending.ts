/** Lists of what trended in a day, a week or a month. */

import type { Team } from '../chat/caller.ts';
import type { Paper } from '../papers/paper.ts';
import type { Day } from '../time/clock.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export interface TrendingQuery {
  readonly period: Period;
  /** Any day of the period; without it the latest period that has a list. */
  readonly date?: Day;
  /** Words, or a category (`cs.CL`): only papers about them. */
  readonly topic?: string;
  /** Whose saves count. */
  readonly of: Team;
  readonly limit: number;
  readonly offset: number;
}

export interface TrendingEntry {
  readonly paper: Paper;
  /** Position in the whole list, from 1. */
  readonly rank: number;
  readonly score: number;
  /** Votes gained since the first look of the last two days; absent when there was one look only. */
  readonly growth?: number;
  /** How many people of the team saved it; 0 when nobody did. */
  readonly saves: number;
}

export interface TrendingList {
  readonly period: Period;
  /** First and last day of the period, both included. */
  readonly from: Day;
  readonly to: Day;
  readonly entries: readonly TrendingEntry[];
  /** All papers of the list, before paging. */
  readonly total: number;
  /** A day in the nearest earlier and later period that has a list. */
  readonly previous?: Day;
  readonly next?: Day;
}

export interface TrendingService {
  list(query: TrendingQuery): Promise<TrendingList>;
}
