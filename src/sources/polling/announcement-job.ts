/** arXiv's announcements of the chosen categories, once a day. */
import type { PaperRecord } from '../../papers/paper.ts';
import type { PaperStore } from '../../papers/paper-store.ts';
import type { Arxiv } from '../arxiv.ts';
import { SOURCE_LABELS } from '../labels.ts';
import { SourceError } from '../source-error.ts';
import { type Gain, NO_GAIN, type PollJob, sumGains } from './job.ts';
import { DAY_MS, HOUR_MS, type Random } from './schedule.ts';

const SOURCE = 'arxiv';
/** The feed is rebuilt at midnight US Eastern, which is 04:00 UTC in summer and 05:00 in winter. */
const READY_MS = 5.5 * HOUR_MS;
/** Milliseconds over which installations spread. */
const SPREAD_MS = HOUR_MS;
/** arXiv is often down around and after midnight UTC, and before this hour the feed is yesterday's. */
const QUIET_UNTIL_MS = 4.5 * HOUR_MS;
const QUIET_FROM_MS = 23.5 * HOUR_MS;
/** A thousand papers in one transaction would keep everybody else waiting for the database. */
const BATCH = 200;

interface AnnouncementJobOptions {
  readonly arxiv: Arxiv;
  readonly categories: readonly string[];
  readonly papers: PaperStore;
  readonly random: Random;
}

export function announcementJob({ arxiv, categories, papers, random }: AnnouncementJobOptions): PollJob {
  return {
    source: SOURCE,
    key: 'daily',
    isQuiet(now) {
      const time = now.getTime() % DAY_MS;
      return time < QUIET_UNTIL_MS || time >= QUIET_FROM_MS;
    },
    async run({ now, last, signal }) {
      const etag = last?.etag;
      const list = await arxiv.daily(categories, { signal, ...(etag !== undefined && { etag }) });
      if (list === 'unchanged') return { ...NO_GAIN, ...(etag !== undefined && { etag }) };
      const [fault] = list.skipped;
      if (list.records.length === 0 && fault) {
        throw new SourceError(
          'broken-answer',
          `${SOURCE_LABELS.arxiv} answered with entries of an unknown shape: ${fault.reason}.`,
        );
      }
      const gains: Gain[] = [];
      for (let from = 0; from < list.records.length; from += BATCH) {
        const records = await keepKnownDates(list.records.slice(from, from + BATCH), papers);
        gains.push(await papers.importBatch(records, { source: SOURCE, at: now.toISOString() }));
      }
      return { ...sumGains(gains), ...(list.etag !== undefined && { etag: list.etag }) };
    },
    nextAfter(now) {
      const midnight = now.getTime() - (now.getTime() % DAY_MS);
      const today = midnight + READY_MS;
      return new Date((now.getTime() < today ? today : today + DAY_MS) + SPREAD_MS * random());
    },
  };
}

/** The feed dates a paper by its announcement; who told of it before knew the day of its submission. */
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
