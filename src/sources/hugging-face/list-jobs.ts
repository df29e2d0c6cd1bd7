/** Hugging Face's lists: the newest every hour, the votes of the past weeks once a day. */

import { type Day, dayOf } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';
import { type ImportCounts, type JobResult, NO_COUNTS, type PollJob, sumCounts } from '../polling/job.ts';
import { DAY_MS, HOUR_MS, pollInterval } from '../polling/schedule.ts';
import type { PollContext, SourceStores } from '../source.ts';
import type { HuggingFace } from './hugging-face.ts';

const SOURCE = 'hugging-face';
/** Days off line that are caught up, and list days whose votes are still counted. */
const DAYS_BACK = 14;
/** Days without a list, weekends and holidays, that may lie among them. */
const EMPTY_DAYS_BACK = 10;

interface DayReaderOptions extends SourceStores {
  readonly huggingFace: HuggingFace;
}

type ListJobOptions = DayReaderOptions & PollContext;

interface DayResult extends ImportCounts {
  readonly isEmpty: boolean;
}

/** Today's list, those of the days missed since the last time, and yesterday's while today has none. */
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

/** Votes grow for days after a list is complete. */
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
 * Reads days one by one into the store. A day whose list is broken does not keep the others away, but the job
 * has failed then; a source that is silent is not asked for the rest.
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
 * Brings the list of one day into the store, unless nothing is new.
 * @throws SourceError; UserError for a day that has not come
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
  // Only a list that holds something is remembered: an empty answer says nothing about what is stored.
  if (list.records.length === 0) return { ...NO_COUNTS, isEmpty: true };
  const counts = await papers.importBatch(list.records, { source: SOURCE, at: list.at });
  await state.succeeded(SOURCE, key, { at: list.at, ...(list.etag !== undefined && { etag: list.etag }) });
  return { ...counts, isEmpty: false };
}

/** From the day of the last fetch, whose list may have grown after it, to today. */
function daysSince(fetchedAt: string | undefined, now: Date): Day[] {
  const today = dayOf(now);
  const from = fetchedAt?.slice(0, 10) ?? today;
  const days = [today];
  for (let day = dayBefore(today); day >= from && days.length <= DAYS_BACK; day = dayBefore(day))
    days.unshift(day);
  return days;
}

function dayBefore(day: Day): Day {
  return dayOf(new Date(Date.parse(day) - DAY_MS));
}
