/** Polls Hugging Face's lists: the newest every hour, the votes of the past two weeks once a day. */

import { type Day, dayOf } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import { type ImportCounts, type JobResult, NO_COUNTS, type PollJob, sumCounts } from '../polling/job.ts';
import { DAY_MS, HOUR_MS, pollInterval } from '../polling/schedule.ts';
import type { PollContext, SourceStores } from '../source.ts';
import type { HuggingFace } from './hugging-face.ts';

const SOURCE = 'hugging-face';
/** List days whose votes are still updated. */
const DAYS_BACK = 14;
/** Days to catch up after the bot was down. At one request a day, within Hugging Face's limit of 500. */
const CAUGHT_UP_DAYS = 366;
/** Allowance for days without a list, such as weekends and holidays. */
const EMPTY_DAYS_BACK = 10;

interface DayReaderOptions extends SourceStores {
  readonly huggingFace: HuggingFace;
}

type ListJobOptions = DayReaderOptions & PollContext;

interface DayResult extends ImportCounts {
  readonly isEmpty: boolean;
}

/** Fetches today's list, those missed since the last success, and yesterday's while today has none. */
export function latestListJob(options: ListJobOptions): PollJob {
  return {
    source: SOURCE,
    key: 'latest',
    async run({ now, last, signal }): Promise<JobResult> {
      const days = daysSince(last?.fetchedAt, now);
      const reader = openDayReader(options, signal);
      for (const day of days) await reader.read(day);
      const today = dayOf(now);
      if (days.length === 1 && reader.results.get(today)?.isEmpty !== false)
        await reader.read(dayBefore(today));
      return reader.finish();
    },
    nextAfter: (now) => new Date(now.getTime() + pollInterval(HOUR_MS, options.random)),
  };
}

/** Updates votes, which grow for days after a list is complete. */
export function votesJob(options: ListJobOptions): PollJob {
  return {
    source: SOURCE,
    key: 'votes',
    async run({ now, signal }): Promise<JobResult> {
      const reader = openDayReader(options, signal);
      let day = dayOf(now);
      for (let lists = 0, asked = 0; lists < DAYS_BACK && asked < DAYS_BACK + EMPTY_DAYS_BACK; asked++) {
        day = dayBefore(day);
        const result = await reader.read(day);
        if (result?.isEmpty === false) lists++;
      }
      return reader.finish();
    },
    nextAfter: (now) => new Date(now.getTime() + pollInterval(DAY_MS, options.random)),
  };
}

/**
 * Reads days one by one into the store. After a broken list it goes on, and the job fails at the end. An
 * unreachable source ends the job at once.
 */
function openDayReader(options: ListJobOptions, signal: AbortSignal) {
  const results = new Map<Day, DayResult>();
  let broken: SourceError | undefined;
  return {
    results,
    async read(day: Day): Promise<DayResult | undefined> {
      try {
        const result = await readDay(options, day, signal);
        results.set(day, result);
        return result;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (error.kind === 'unreachable' || error.kind === 'rate-limited') throw error;
        broken ??= error;
        return undefined;
      }
    },
    finish(): ImportCounts {
      if (broken) throw broken;
      return sumCounts([...results.values()]);
    },
  };
}

/**
 * Fetches the list of one day into the store, unless nothing is new.
 * @throws SourceError; UserError for a future day
 */
export async function readDay(
  { huggingFace, papers, state }: DayReaderOptions,
  day: Day,
  signal: AbortSignal,
): Promise<DayResult> {
  const key = `day:${day}`;
  const etag = (await state.get(SOURCE, key))?.etag;
  const list = await huggingFace.day(day, { signal, ...(etag !== undefined && { etag }) });
  if (list === 'unchanged') return { ...NO_COUNTS, isEmpty: false };
  // The ETag of an empty list is not stored, because it says nothing about the stored papers.
  if (list.records.length === 0) return { ...NO_COUNTS, isEmpty: true };
  const counts = await papers.importBatch(list.records, { source: SOURCE, at: list.at });
  await state.succeeded(SOURCE, key, { at: list.at, ...(list.etag !== undefined && { etag: list.etag }) });
  return { ...counts, isEmpty: false };
}

/** Returns the days from the last fetch to today. The list of the first may have grown since. */
function daysSince(fetchedAt: string | undefined, now: Date): Day[] {
  const today = dayOf(now);
  const from = fetchedAt?.slice(0, 10) ?? today;
  const days = [today];
  for (let day = dayBefore(today); day >= from && days.length <= CAUGHT_UP_DAYS; day = dayBefore(day))
    days.unshift(day);
  return days;
}

function dayBefore(day: Day): Day {
  return dayOf(new Date(Date.parse(day) - DAY_MS));
}
