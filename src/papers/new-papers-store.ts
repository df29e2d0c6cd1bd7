/** Queues new papers for the watches. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import { type Day, dayOf } from '../time/clock.ts';
import type { Paper } from './paper.ts';

const DAY_MS = 24 * 3_600_000;
/** Days between publication and the first time that a paper is stored, up to which it is new. */
const MOST_DAYS = 14;
/** Lists can be dated up to this many days ahead, because their day begins earlier than ours. */
const DAYS_AHEAD = 2;

export interface NewPapers {
  /**
   * Queues a paper that is stored for the first time, or gets its abstract, if it is recent.
   * @param addedAt when it was first stored, an ISO 8601 instant
   */
  add(pk: number, paper: Pick<Paper, 'id' | 'published'>, addedAt: string): void;
  /** Queues an older paper that is listed for the first time that day: it is new to those who read lists. */
  addListed(pk: number, day: Day): void;
}

/**
 * Not a trigger: a statement that fires one can fail half-way, so SQLite sets a savepoint, at which FTS5
 * writes what it has collected. Each paper was then a segment of its own, and an import took twice as long
 * (https://www.sqlite.org/vtab.html#the_xsavepoint_xrelease_and_xrollbackto_methods).
 */
export function openNewPapers(connection: DatabaseConnection): NewPapers {
  const queue = connection.prepare<[number]>('INSERT INTO new_papers (paper) VALUES (?)');
  const waiting = connection.prepare<[number]>('SELECT 1 FROM new_papers WHERE paper = ?');
  const dates = connection.prepare<[number], Pick<PaperTable, 'published' | 'added_at'>>(
    'SELECT published, added_at FROM papers WHERE pk = ?',
  );

  /** The first day that is new to a paper stored at `addedAt`; the same for all papers of an import. */
  let last = { addedAt: '', since: '' };
  function newSince(addedAt: string): Day {
    if (last.addedAt !== addedAt) last = { addedAt, since: daysFrom(addedAt, -MOST_DAYS) };
    return last.since;
  }

  return {
    add(pk, paper, addedAt) {
      if (isRecent(paper, newSince(addedAt))) queue.run(pk);
    },
    addListed(pk, day) {
      if (waiting.get(pk) !== undefined) return;
      const { published, added_at: addedAt } = dates.get(pk) ?? { published: null, added_at: '' };
      // Recent papers, and those without a date, were queued when they were added.
      if (published === null || !hasDay(published) || published >= newSince(addedAt)) return;
      if (day >= newSince(addedAt) && day <= daysFrom(addedAt, DAYS_AHEAD)) queue.run(pk);
    },
  };
}

function isRecent({ id, published }: Pick<Paper, 'id' | 'published'>, since: Day): boolean {
  if (published !== undefined && hasDay(published)) return published >= since;
  // Announcements of cross-listed papers have no date, and some files only a year; the id has the month.
  return /^\d{4}\.\d/.test(id) && `20${id.slice(0, 4)}` >= since.slice(0, 7).replace('-', '');
}

function hasDay(published: string): boolean {
  return published.length >= 'YYYY-MM-DD'.length;
}

function daysFrom(instant: string, days: number): Day {
  return dayOf(new Date(Date.parse(instant) + days * DAY_MS));
}
