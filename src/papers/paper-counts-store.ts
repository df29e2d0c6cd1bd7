/**
 * Counts papers in a time that does not grow with the store. Nothing is written for a new paper: keys are
 * counted on from the last count. Papers that change or go correct what was counted.
 */
import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection } from '../db/connection.ts';
import type { Day } from '../time/clock.ts';

export interface StoreCounts {
  readonly papers: number;
  /** Days with a list. */
  readonly listDays: number;
  readonly saves: number;
  readonly newestList?: { readonly day: Day; readonly papers: number };
  /** First and last day of publication. */
  readonly published?: { readonly from: string; readonly to: string };
  readonly topCategories: ReadonlyArray<{ readonly category: string; readonly papers: number }>;
}

export interface PaperCounts {
  count(): Promise<StoreCounts>;
  /** Called before the paper's row is deleted, in the same transaction. */
  remove(pk: number): void;
  /** Called for a stored paper, in the transaction that changes its categories. */
  move(pk: number, gone: Iterable<string>, come: Iterable<string>): void;
}

/** Keys that are counted, and stored as counted, in one step: some milliseconds. */
const STEP = 50_000;
const TOP_CATEGORIES = 8;

/** A few hundred index steps for any number of papers. */
const CATEGORIES = `WITH RECURSIVE names (category) AS (
  SELECT min(category) FROM paper_categories
  UNION ALL
  SELECT (SELECT min(category) FROM paper_categories WHERE category > names.category) FROM names
  WHERE names.category IS NOT NULL)`;
const LIST_DAYS = `WITH RECURSIVE days (day) AS (
  SELECT min(day) FROM appearances
  UNION ALL
  SELECT (SELECT min(day) FROM appearances WHERE day > days.day) FROM days WHERE days.day IS NOT NULL)`;

interface Facts {
  readonly papers: number;
  readonly listDays: number;
  readonly saves: number;
  readonly first: string | null;
  readonly last: string | null;
}

interface Progress {
  readonly gaps: number;
  readonly countedTo: number;
}

/** @param step for tests */
export function openPaperCounts(connection: DatabaseConnection, step = STEP): PaperCounts {
  const progress = connection.prepare<[], Progress>('SELECT gaps, counted_to AS countedTo FROM paper_counts');
  const setProgress = connection.prepare<Progress>(
    'UPDATE paper_counts SET gaps = :gaps, counted_to = :countedTo',
  );
  const newestBelow = connection
    .prepare<[number], number>('SELECT coalesce(max(pk), 0) FROM papers WHERE pk < ?')
    .pluck();
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  const read = () => progress.get() ?? { gaps: 0, countedTo: 0 };

  const countCategories = connection.prepare<{ from: number; to: number }>(
    `INSERT INTO category_counts (category, papers)
     ${CATEGORIES}
     SELECT category, (SELECT count(*) FROM paper_categories c
       WHERE c.category = names.category AND c.paper > :from AND c.paper <= :to)
     FROM names WHERE category IS NOT NULL
     ON CONFLICT (category) DO UPDATE SET papers = category_counts.papers + excluded.papers`,
  );
  /** @returns false when fewer keys than a step are left, which are counted each time */
  const countOn = connection.transaction((): boolean => {
    const { gaps, countedTo } = read();
    const to = countedTo + step;
    if (to > (newest.get() ?? 0)) return false;
    countCategories.run({ from: countedTo, to });
    setProgress.run({ gaps, countedTo: to });
    return true;
  });

  const facts = connection.prepare<[], Facts>(
    `SELECT (SELECT coalesce(max(pk), 0) FROM papers) - (SELECT gaps FROM paper_counts) AS papers,
       (${LIST_DAYS} SELECT count(day) FROM days) AS listDays,
       (SELECT count(*) FROM saves) AS saves,
       (SELECT min(published) FROM papers) AS first, (SELECT max(published) FROM papers) AS last`,
  );
  const newestList = connection.prepare<[], { day: Day; papers: number }>(
    'SELECT day, count(*) AS papers FROM appearances GROUP BY day ORDER BY day DESC LIMIT 1',
  );
  const topCategories = connection.prepare<[number, number], { category: string; papers: number }>(
    `${CATEGORIES}
     SELECT names.category,
       coalesce((SELECT k.papers FROM category_counts k WHERE k.category = names.category), 0)
       + (SELECT count(*) FROM paper_categories c WHERE c.category = names.category AND c.paper > ?) AS papers
     FROM names WHERE names.category IS NOT NULL ORDER BY 2 DESC, 1 LIMIT ?`,
  );

  const categoriesOf = connection
    .prepare<[number], string>('SELECT DISTINCT value FROM papers, json_each(categories) WHERE pk = ?')
    .pluck();
  // A category of one row each, so that FTS5 keeps its buffer.
  const correct = connection.prepare<{ category: string; by: number }>(
    `INSERT INTO category_counts (category, papers) VALUES (:category, :by)
     ON CONFLICT (category) DO UPDATE SET papers = category_counts.papers + :by`,
  );
  const move = (pk: number, gone: Iterable<string>, come: Iterable<string>) => {
    if (pk > read().countedTo) return;
    for (const category of gone) correct.run({ category, by: -1 });
    for (const category of come) correct.run({ category, by: 1 });
  };

  return {
    async count() {
      while (countOn.immediate()) await setImmediate();
      const { papers, listDays, saves, first, last } = facts.get() ?? NOTHING;
      const list = newestList.get();
      return {
        papers,
        listDays,
        saves,
        topCategories: topCategories.all(read().countedTo, TOP_CATEGORIES),
        ...(list && { newestList: list }),
        ...(first !== null && last !== null && { published: { from: first, to: last } }),
      };
    },

    remove(pk) {
      move(pk, categoriesOf.all(pk), []);
      const { gaps, countedTo } = read();
      const below = newestBelow.get(pk) ?? 0;
      // SQLite gives the keys above the last paper again, so they are no gaps, and are to be counted.
      const isNewest = pk === newest.get();
      setProgress.run(
        isNewest
          ? { gaps: gaps - (pk - below - 1), countedTo: Math.min(countedTo, below) }
          : { gaps: gaps + 1, countedTo },
      );
    },

    move,
  };
}

const NOTHING: Facts = { papers: 0, listDays: 0, saves: 0, first: null, last: null };
