/** Draws a random paper, in a time that hardly grows with the store. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { Day } from '../time/clock.ts';
import type { Paper } from './paper.ts';
import { toPaper } from './paper-row.ts';

export interface RandomFilter {
  readonly category?: string;
  readonly minVotes?: number;
  readonly since?: Day;
}

/**
 * Random keys to draw. Nearly always enough for one of a category that has one in 500 papers. Keys after the
 * first that passes are not looked up.
 */
const DRAWN = 2_000;
/** Keys of a filter that are counted, to find the filter with the fewest papers: half a millisecond. */
const MOST_COUNTED = 10_000;

/** Whether the paper `p` passes. A filter that is not given is null. */
const passes = (key: string) => `p.abstract <> '' AND (:minVotes IS NULL OR p.votes >= :minVotes)
  AND (:since IS NULL OR p.published >= :since)
  AND (:category IS NULL OR EXISTS (
    SELECT 1 FROM paper_categories c WHERE c.category = :category AND c.paper = ${key}))`;

type Bound = { readonly [K in keyof RandomFilter]-?: RandomFilter[K] | null } & { readonly keys?: string };

export function openRandomPapers(connection: DatabaseConnection) {
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  /** Finds the first paper that passes, among keys in a random order. Its row is read after its category. */
  const firstOf = (keys: string) =>
    connection.prepare<Bound, PaperTable>(
      `SELECT p.* FROM (${keys}) k CROSS JOIN papers p ON p.pk = k.key WHERE ${passes('k.key')} LIMIT 1`,
    );
  // SQLite may leave out the order of a subquery that has no limit.
  const inDrawn = firstOf('SELECT CAST(value AS BIGINT) AS key FROM json_each(:keys)');
  const inCategory = firstOf(
    'SELECT paper AS key FROM paper_categories WHERE category = :category ORDER BY random() LIMIT 9223372036854775807',
  );
  const inSince = firstOf(
    'SELECT pk AS key FROM papers WHERE published >= :since ORDER BY random() LIMIT 9223372036854775807',
  );
  const inAll = firstOf(`SELECT pk AS key FROM papers p WHERE ${passes('p.pk')} ORDER BY random() LIMIT 1`);

  const countOf = (rows: string) =>
    connection
      .prepare<Bound, number>(`SELECT count(*) FROM (${rows} LIMIT ${MOST_COUNTED}) AS first`)
      .pluck();
  const ofCategory = countOf('SELECT 1 FROM paper_categories WHERE category = :category');
  const ofSince = countOf('SELECT 1 FROM papers WHERE published >= :since');

  /** Reads all keys of the filter with the fewest papers. */
  function search(bound: Bound): PaperTable | undefined {
    if (bound.category === null) return (bound.since === null ? inAll : inSince).get(bound);
    const isSinceRarer = bound.since !== null && (ofSince.get(bound) ?? 0) < (ofCategory.get(bound) ?? 0);
    return (isSinceRarer ? inSince : inCategory).get(bound);
  }

  return {
    /** Draws each paper with an abstract that passes the filter with the same probability. */
    draw({ category = null, minVotes = null, since = null }: Partial<Bound>): Paper | undefined {
      const most = newest.get() ?? 0;
      // A few of the keys belong to no paper.
      const keys = Array.from({ length: DRAWN }, () => 1 + Math.floor(Math.random() * most));
      const bound: Bound = { category, minVotes, since, keys: JSON.stringify(keys) };
      const row = inDrawn.get(bound) ?? search(bound);
      return row && toPaper(row);
    },
  };
}
