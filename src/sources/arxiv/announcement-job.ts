/**
 * Polls arXiv's announcements for the configured categories: once a day, and hourly while today's is late.
 */

import type { FollowedPapers } from '../../changes/changes.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import { labelOf } from '../../papers/source-names.ts';
import { isWithdrawn } from '../../papers/withdrawal.ts';
import type { Random } from '../../resilience/backoff.ts';
import { type Day, dayOf } from '../../time/clock.ts';
import type { AnnouncementStore } from '../harvest/announcement-store.ts';
import { SourceError } from '../http/source-error.ts';
import { type ImportCounts, NO_COUNTS, type PollJob, sumCounts } from '../polling/job.ts';
import { DAY_MS, HOUR_MS, pollInterval } from '../polling/schedule.ts';
import { isWeekday, openAnnouncedDays, READY_MS } from './announced-day.ts';
import type { Arxiv } from './arxiv.ts';

const SOURCE = 'arxiv';
/** Milliseconds over which installations spread their requests. */
const SPREAD_MS = HOUR_MS;
/** An announcement that is missing by then will not come that day, for example on a holiday. */
const AWAITED_UNTIL_MS = 20 * HOUR_MS;
/** arXiv is often down around midnight UTC, and before 04:30 the feed is still yesterday's. */
const QUIET_UNTIL_MS = 4.5 * HOUR_MS;
const QUIET_FROM_MS = 23.5 * HOUR_MS;
/** Kinds of errors that arXiv can serve for the whole day. */
const UNREADABLE: ReadonlySet<SourceError['kind']> = new Set(['broken-answer', 'refused', 'not-found']);
/** Papers per transaction. A thousand would block the database for too long. */
const BATCH = 200;

interface AnnouncementJobOptions {
  readonly arxiv: Arxiv;
  readonly categories: readonly string[];
  readonly papers: PaperStore;
  readonly changes: Pick<FollowedPapers, 'followedAmong'>;
  readonly announcements: Pick<AnnouncementStore, 'note' | 'earlierDay'>;
  readonly random: Random;
}

export function announcementJob(options: AnnouncementJobOptions): PollJob {
  const { arxiv, categories, papers, announcements, random } = options;
  const days = openAnnouncedDays(categories, announcements);
  /** Day of the newest announcement received. Lost on a restart, which costs a few extra requests. */
  let announced: Day | undefined;

  function isLate(now: Date): boolean {
    return isWeekday(dayOf(now)) && (announced === undefined || announced < dayOf(now));
  }

  async function noteLate(now: Date): Promise<boolean> {
    const late = isLate(now);
    if (late) await days.without('missing', now);
    return late;
  }

  async function requestList(etag: string | undefined, now: Date, signal: AbortSignal) {
    try {
      const list = await arxiv.daily(categories, { signal, ...(etag !== undefined && { etag }) });
      const [fault] = list === 'unchanged' ? [] : list.skipped;
      if (list === 'unchanged' || list.records.length > 0 || !fault) return list;
      throw new SourceError(
        'broken-answer',
        `${labelOf('arxiv')} returned entries in an unknown format: ${fault.reason}.`,
      );
    } catch (error) {
      const isUnreadable = error instanceof SourceError && UNREADABLE.has(error.kind);
      if (isUnreadable) await days.without('unreadable', now);
      throw error;
    }
  }

  return {
    source: SOURCE,
    key: 'daily',
    isQuiet(now) {
      const time = now.getTime() % DAY_MS;
      return time < QUIET_UNTIL_MS || time >= QUIET_FROM_MS;
    },
    async run({ now, last, signal }) {
      const list = await requestList(last?.etag, now, signal);
      if (list === 'unchanged') return { ...NO_COUNTS, isLate: await noteLate(now), ...etagOf(last) };
      const gains: ImportCounts[] = [];
      for (let from = 0; from < list.records.length; from += BATCH) {
        const records = await keepKnownDates(list.records.slice(from, from + BATCH), papers);
        gains.push(await papers.importBatch(records, { source: SOURCE, at: now.toISOString() }));
      }
      gains.push(await takeReplacements(options, list.replacements, now, signal));
      const counts = sumCounts(gains);
      await days.read(list, now);
      announced = dayAnnounced(list.records) ?? (counts.added > 0 ? dayOf(now) : announced);
      return { ...counts, isLate: await noteLate(now), ...etagOf(list) };
    },
    nextAfter(now, result) {
      const midnight = now.getTime() - (now.getTime() % DAY_MS);
      const today = midnight + READY_MS;
      const soon = now.getTime() + pollInterval(HOUR_MS, random);
      if (result.isLate && now.getTime() >= today && soon <= midnight + AWAITED_UNTIL_MS)
        return new Date(soon);
      return new Date((now.getTime() < today ? today : today + DAY_MS) + SPREAD_MS * random());
    },
  };
}

/** Keeps an ETag for the next request. */
function etagOf(state: { readonly etag?: string } | undefined): { readonly etag?: string } {
  return state?.etag === undefined ? {} : { etag: state.etag };
}

/**
 * Updates stored papers. Those that people follow are requested from the query API first, because only its
 * response says whether a paper was withdrawn, and why.
 */
async function takeReplacements(
  { arxiv, papers, changes }: AnnouncementJobOptions,
  replacements: readonly PaperRecord[],
  now: Date,
  signal: AbortSignal,
): Promise<ImportCounts> {
  const context = { source: SOURCE, at: now.toISOString() } as const;
  const ids = replacements.map(({ id }) => id).filter((id) => id !== undefined);
  const followed = await changes.followedAmong(ids);
  const gains: ImportCounts[] = [];
  try {
    for (let from = 0; from < followed.length; from += BATCH) {
      const some = followed.slice(from, from + BATCH);
      const { records } = await arxiv.query({ ids: some, max: some.length, signal });
      gains.push(await papers.importBatch(records, context));
    }
  } catch (error) {
    // The announcement has the text of the new versions; the next check of saved papers brings the rest.
    if (!(error instanceof SourceError)) throw error;
  }
  for (let from = 0; from < ids.length; from += BATCH) {
    const stored = await papers.findMany(ids.slice(from, from + BATCH));
    // A withdrawn paper can be replaced by another notice, which the announcement would not show.
    const known = new Set(stored.filter((paper) => !isWithdrawn(paper)).map(({ id }) => id));
    const records = replacements.filter(({ id }) => id !== undefined && known.has(id));
    if (records.length > 0) gains.push(await papers.importBatch(records, context));
  }
  return sumCounts(gains);
}

/** Returns `undefined` when all papers are cross-listed, as those have no date. */
function dayAnnounced(records: readonly PaperRecord[]): Day | undefined {
  return records
    .flatMap(({ published }) => published?.slice(0, 10) ?? [])
    .toSorted()
    .at(-1);
}

/** Drops the feed's announcement date for papers whose submission date is already known. */
async function keepKnownDates(records: readonly PaperRecord[], papers: PaperStore): Promise<PaperRecord[]> {
  const ids = records.map(({ id }) => id).filter((id) => id !== undefined);
  const dated = new Set(
    (await papers.findMany(ids)).filter(({ published }) => published).map(({ id }) => id),
  );
  return records.map((record) => {
    if (record.id === undefined || !dated.has(record.id)) return record;
    const { published: _, ...rest } = record;
    return rest;
  });
}
