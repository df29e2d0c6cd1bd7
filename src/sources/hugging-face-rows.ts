/** One answer of Hugging Face's daily list, row by row, as paper records. */
import type { Day } from '../clock.ts';
import type { PaperRecord } from '../papers/paper.ts';

export interface DailyRows {
  /** In the list's order, each with its appearance on `day`. */
  readonly records: readonly PaperRecord[];
  /** Rows that could not be used; `row` counts from 1. */
  readonly skipped: ReadonlyArray<{ readonly row: number; readonly reason: string }>;
}

/**
 * @param rows the JSON array that `GET /api/daily_papers` answered
 * @param day the day that was asked for; a row's own dates are not its list day
 * @param at when it was answered, an ISO 8601 instant: the moment of the vote snapshot
 */
export function fromDailyRows(rows: readonly unknown[], day: Day, at: string, firstRank = 1): DailyRows {
  throw new Error(`not written yet: ${rows.length} ${day} ${at} ${firstRank}`);
}
