/** Looks up the categories of stored papers. */
import type { DatabaseConnection } from '../../db/connection.ts';

export interface CategoryStore {
  /**
   * Returns a category in its stored spelling, or all categories of an archive, ignoring case. Empty if
   * unknown.
   */
  within(category: string): string[];
  /** Sorted by frequency. */
  beginningWith(typed: string, limit: number): string[];
}

/** Growth of the store after which papers are counted again. */
const GROWTH = 1.01;

export function openCategoryStore(connection: DatabaseConnection): CategoryStore {
  // A few hundred index steps for any number of papers; DISTINCT would read the whole index.
  const names = connection
    .prepare<[], string>(
      `WITH RECURSIVE step (category) AS (
         SELECT min(category) FROM paper_categories
         UNION ALL
         SELECT (SELECT min(category) FROM paper_categories WHERE category > step.category) FROM step
         WHERE step.category IS NOT NULL)
       SELECT category FROM step WHERE category IS NOT NULL`,
    )
    .pluck();
  const counts = connection
    .prepare<[], [string, number]>('SELECT category, count(*) FROM paper_categories GROUP BY category')
    .raw();
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  let papers = new Map<string, number>();
  let countedAt = 0;

  /** Counting reads the whole index, and the counts only sort names, so they may be a little old. */
  function countPapers(): ReadonlyMap<string, number> {
    const now = newest.get() ?? 0;
    if (now < countedAt || now > countedAt * GROWTH) {
      papers = new Map(counts.all());
      countedAt = now;
    }
    return papers;
  }

  return {
    within(category) {
      const wanted = category.trim().toLowerCase();
      return names.all().filter((name) => {
        const lower = name.toLowerCase();
        return lower === wanted || lower.startsWith(`${wanted}.`);
      });
    },
    beginningWith(typed, limit) {
      const wanted = typed.trim().toLowerCase();
      const count = countPapers();
      return names
        .all()
        .filter((name) => name.toLowerCase().startsWith(wanted))
        .sort((a, b) => (count.get(b) ?? 0) - (count.get(a) ?? 0))
        .slice(0, limit);
    },
  };
}
