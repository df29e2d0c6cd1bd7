/** Finds out what is wrong with a daily feed of arXiv, which mostly looks like any other. */
import { createHash } from 'node:crypto';
import { type Day, dayOf } from '../../time/clock.ts';
import type { Announcement, AnnouncementProblem, AnnouncementStore } from '../harvest/announcement-store.ts';
import { HOUR_MS } from '../polling/schedule.ts';
import type { DailyFeed } from './parsing/daily-feed.ts';

/** https://github.com/arXiv/arxiv-feed: a feed is cut at this number, and the new papers come last. */
const MOST_ENTRIES = 2_000;
/** A weekday's announcement that is not there by then is late, in milliseconds since midnight UTC. */
export const READY_MS = 5.5 * HOUR_MS;

interface AnnouncedDays {
  /** Notes a feed that was read. @returns its problem */
  read(feed: DailyFeed, now: Date): Promise<AnnouncementProblem | undefined>;
  /** Notes that today has no announcement so far, or none that can be read. */
  without(problem: 'missing' | 'unreadable', now: Date): Promise<void>;
}

export function openAnnouncedDays(
  categories: readonly string[],
  store: Pick<AnnouncementStore, 'note' | 'earlierDay'>,
): AnnouncedDays {
  const name = categories.join('+');

  return {
    async read({ records, replacements, entries, day }, now) {
      if (day === undefined || entries === 0) return undefined;
      const names = (records.length > 0 ? records : replacements).map(
        ({ id, version }) => `${id}v${version}`,
      );
      const fingerprint = fingerprintOf(names);
      const earlier = await store.earlierDay({ feed: name, day, fingerprint });
      const problem = problemOf(day, entries, earlier);
      const announcement: Announcement = { feed: name, day, seenAt: now.toISOString(), entries, fingerprint };
      await store.note({ ...announcement, ...(problem && { problem }) });
      return problem;
    },

    async without(problem, now) {
      const day = dayOf(now);
      if (!isWeekday(day) || now.getTime() - Date.parse(day) < READY_MS) return;
      await store.note({ feed: name, day, seenAt: now.toISOString(), entries: 0, fingerprint: '', problem });
    },
  };
}

function problemOf(day: Day, entries: number, earlier: Day | undefined): AnnouncementProblem | undefined {
  if (entries >= MOST_ENTRIES) return 'cut';
  // Friday's list again at the weekend, when there is no other, leaves nothing out.
  return earlier !== undefined && isWeekday(day) ? 'repeated' : undefined;
}

/** A paper is new only once, and a version replaces another only once, so no two days are the same. */
function fingerprintOf(ids: readonly string[]): string {
  return ids.length === 0
    ? ''
    : createHash('sha256').update(ids.toSorted().join(' ')).digest('hex').slice(0, 32);
}

export function isWeekday(day: Day): boolean {
  return ![0, 6].includes(new Date(day).getUTCDay());
}
