/** Hugging Face's daily lists in files: recorded lists, one per line, or one saved API response. */
import { z } from 'zod';
import {
  type DailyRows,
  fromDailyRows,
  fromPeriodRows,
} from '../../sources/hugging-face/hugging-face-rows.ts';
import type { Day } from '../../time/clock.ts';
import { is, type ParsedRecord, reasonOf } from '../fields/record-schema.ts';
import type { RowFormat } from './format.ts';

const recordedList = z.object(
  {
    date: z.iso.date(is('a day such as 2026-05-29')),
    items: z.array(z.unknown(), is('a list')),
  },
  is('a JSON object'),
);

/** Lines of `{date, items}`. */
export const recordedLists: RowFormat = {
  name: 'daily-lists',
  description: 'recorded Hugging Face daily lists, one {date, items} per line',
  source: 'hugging-face',
  recognises: (row) => 'date' in row && 'items' in row,
  open: () => (row) => {
    const parsed = recordedList.safeParse(row);
    if (!parsed.success) return [{ skipped: reasonOf(parsed.error) }];
    const { date, items } = parsed.data;
    // The time of recording is unknown; noon is off by half a day at most.
    return parsedRecordOf(fromDailyRows(items, date, `${date}T12:00:00.000Z`));
  },
};

/**
 * The rows of `GET /api/daily_papers`. The response for a week or month holds several lists; each row names
 * its list day.
 */
export const savedAnswer: RowFormat = {
  name: 'saved-answer',
  description: 'a saved response of the Hugging Face daily papers API',
  source: 'hugging-face',
  counts: true,
  recognises: (row) => typeof row['paper'] === 'object' && row['paper'] !== null,
  open: ({ savedAt, day }) => {
    const ranks = new Map<Day, number>();
    let rank = 0;
    return (row) => {
      if (day === undefined) return parsedRecordOf(fromPeriodRows([row], savedAt, ranks));
      rank += 1;
      return parsedRecordOf(fromDailyRows([row], day, savedAt, rank));
    };
  },
};

function parsedRecordOf({ records, skipped }: DailyRows): ParsedRecord[] {
  return [...records.map((record) => ({ record })), ...skipped.map(({ reason }) => ({ skipped: reason }))];
}
