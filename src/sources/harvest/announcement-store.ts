/** Stores what arXiv's daily feeds announced on each day, and what was wrong with it. */
import { compact } from '../../base/compact.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { Schema } from '../../db/schema.ts';
import type { Day } from '../../time/clock.ts';

/**
 * - `repeated`: the papers of an earlier day under a new date
 * - `cut`: as many entries as a feed can have, so some are left out, the new ones first
 * - `missing`: a weekday without any
 * - `unreadable`: an error page, or a feed that cannot be read
 */
export type AnnouncementProblem = 'repeated' | 'cut' | 'missing' | 'unreadable';

export interface Announcement {
  /** The categories of the feed, with `+` between them. */
  readonly feed: string;
  readonly day: Day;
  /** ISO 8601 instant. */
  readonly seenAt: string;
  readonly entries: number;
  /** Of the IDs of its papers; empty if there are none. */
  readonly fingerprint: string;
  readonly problem?: AnnouncementProblem;
  /** When the papers that it lacked were read from arXiv's lists of metadata, an ISO 8601 instant. */
  readonly madeGoodAt?: string;
}

export interface AnnouncementStore {
  /** A day that had entries keeps them. */
  note(announcement: Announcement): Promise<void>;
  /** The last earlier day with the same papers. */
  earlierDay(announcement: Pick<Announcement, 'feed' | 'day' | 'fingerprint'>): Promise<Day | undefined>;
  /** Days with a problem from this day on, the latest first. */
  problemsSince(day: Day): Promise<Announcement[]>;
  /** Marks the problems of days up to this one, of all feeds. */
  madeGood(day: Day, at: string): Promise<void>;
}

/** Longer than the longest time between a list and its repetition. */
const KEPT_DAYS = 60;

/** Runs in the store thread. */
export function openAnnouncementStore(connection: DatabaseConnection): AnnouncementStore {
  const note = connection.prepare(`
    INSERT INTO announcements (feed, day, seen_at, entries, fingerprint, problem)
    VALUES (@feed, @day, @seenAt, @entries, @fingerprint, @problem)
    ON CONFLICT (feed, day) DO UPDATE SET seen_at = excluded.seen_at, entries = excluded.entries,
      fingerprint = excluded.fingerprint, problem = excluded.problem
    WHERE announcements.entries = 0 OR excluded.entries > 0`);
  const forget = connection.prepare<[Day]>(
    `DELETE FROM announcements WHERE day < date(?, '-${KEPT_DAYS} days')`,
  );
  const earlier = connection
    .prepare<[Pick<Announcement, 'feed' | 'day' | 'fingerprint'>], Day>(`
      SELECT day FROM announcements
      WHERE feed = @feed AND day < @day AND fingerprint = @fingerprint AND fingerprint <> ''
      ORDER BY day DESC LIMIT 1`)
    .pluck();
  const problems = connection.prepare<[Day], Schema['announcements']>(
    'SELECT * FROM announcements WHERE problem IS NOT NULL AND day >= ? ORDER BY day DESC, feed',
  );
  const markGood = connection.prepare<[string, Day]>(
    'UPDATE announcements SET made_good_at = ? WHERE problem IS NOT NULL AND made_good_at IS NULL AND day <= ?',
  );
  const noteAndForget = connection.transaction((announcement: Announcement) => {
    const { feed, day, seenAt, entries, fingerprint, problem = null } = announcement;
    note.run({ feed, day, seenAt, entries, fingerprint, problem });
    forget.run(day);
  });

  return {
    note: async (announcement) => void noteAndForget.immediate(announcement),
    earlierDay: async ({ feed, day, fingerprint }) => earlier.get({ feed, day, fingerprint }),
    problemsSince: async (day) => problems.all(day).map(toAnnouncement),
    madeGood: async (day, at) => void markGood.run(at, day),
  };
}

function toAnnouncement(row: Schema['announcements']): Announcement {
  const { feed, day, entries, fingerprint } = row;
  return {
    ...{ feed, day, entries, fingerprint },
    seenAt: row.seen_at,
    ...compact({ problem: row.problem, madeGoodAt: row.made_good_at }),
  };
}
