/**
 * Search queries by words (in FTS5, which SQLite has), filter and name. They return keys; full rows are only
 * read for the results.
 */
import { sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import type { Paper } from '../../papers/paper.ts';
import { INDEXED_FROM } from '../../papers/paper-index-store.ts';
import { toPaper } from '../../papers/paper-row.ts';
import { titleKey } from '../../text/ids.ts';
import { quote, toFtsExpression, toFtsField } from '../query/word-match.ts';
import {
  type Condition,
  EVERYTHING,
  type ListOrder,
  ORDERS,
  openConditionReader,
  passingOf,
} from './filter-store.ts';
import type { SomeWords } from './word-search-port.ts';

export type CandidateText = Pick<PaperTable, 'title' | 'abstract'>;

export function openCandidateStore(connection: DatabaseConnection) {
  const conditions = openConditionReader(connection);
  const texts = connection.prepare<[string], CandidateText>(
    'SELECT title, abstract FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  const papers = connection.prepare<[string], PaperTable>(
    'SELECT * FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );

  return {
    passing(condition: Condition, order: ListOrder, limit: number, offset: number) {
      return conditions.all(sql`
        SELECT p.pk FROM papers p WHERE ${passingOf(condition, sql`p.pk`)} ORDER BY ${ORDERS[order]} LIMIT ${limit} OFFSET ${offset}`);
    },

    countPassing(condition: Condition, limit: number): number {
      const [counted = 0] = conditions.all(sql`
        SELECT count(*) FROM (SELECT 1 FROM papers p WHERE ${passingOf(condition, sql`p.pk`)} LIMIT ${limit}) AS first`);
      return counted;
    },

    /** Finds a paper by its id or a former id. */
    byId(id: string, condition: Condition): number[] {
      return conditions.all(sql`
        SELECT p.pk FROM papers p
        WHERE (p.id = ${id} OR p.pk = (SELECT paper FROM paper_aliases WHERE alias = ${id})) AND ${passingOf(condition, sql`+p.pk`)}`);
    },

    byTitle(title: string, condition: Condition, limit: number): number[] {
      return conditions.all(sql`
        SELECT p.pk FROM papers p WHERE p.title_key = ${titleKey(title)} AND ${passingOf(condition, sql`+p.pk`)}
        ORDER BY ${ORDERS.votes} LIMIT ${limit}`);
    },

    texts: (wanted: readonly number[]): CandidateText[] => texts.all(JSON.stringify(wanted)),

    papers: (wanted: readonly number[]): Paper[] =>
      inOrder(papers.all(JSON.stringify(wanted)), wanted).map(toPaper),
  };
}

/** Returns the rows in the order of keys. */
export function inOrder<Row extends { readonly pk: number }>(
  rows: readonly Row[],
  keys: readonly number[],
): Row[] {
  const byKey = new Map(rows.map((row) => [row.pk, row]));
  return keys.map((key) => byKey.get(key)).filter((row) => row !== undefined);
}

/** For a small store, and until the word index is complete. */
export function openFts(connection: DatabaseConnection): SomeWords {
  const conditions = openConditionReader(connection);
  const holders = connection
    .prepare<[string], number>('SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?')
    .pluck();
  const among = connection
    .prepare<[string, string], number>(
      'SELECT rowid FROM papers_fts WHERE papers_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const count = connection
    .prepare<[string], number>('SELECT doc FROM papers_fts_terms WHERE term = ?')
    .pluck();

  return {
    papersWith: (stem) => count.get(stem) ?? 0,
    papers: (newest) => Math.min(newest, INDEXED_FROM),

    /** FTS5 returns rows in order of rank. CROSS JOIN keeps the planner from querying FTS5 row by row. */
    ranked(match, _scored, condition, limit) {
      const expression = toFtsExpression(match);
      if (condition === EVERYTHING) {
        return conditions.all(sql`
          SELECT rowid FROM papers_fts WHERE papers_fts MATCH ${expression} ORDER BY rank LIMIT ${limit}`);
      }
      const passing = passingOf(condition, sql`+f.rowid`);
      // Without the sign, FTS5 would rank all matches before any of them is checked.
      if (condition.others === undefined) {
        return conditions.all(sql`
          SELECT f.rowid FROM papers_fts f WHERE papers_fts MATCH ${expression} AND ${passing}
          ORDER BY +f.rank LIMIT ${limit}`);
      }
      return conditions.all(sql`
        SELECT p.pk FROM papers_fts f CROSS JOIN papers p ON p.pk = f.rowid
        WHERE papers_fts MATCH ${expression} AND ${passing} ORDER BY f.rank LIMIT ${limit}`);
    },

    listed(match, order, condition, limit) {
      return conditions.all(sql`
        SELECT p.pk FROM papers_fts f CROSS JOIN papers p ON p.pk = f.rowid
        WHERE papers_fts MATCH ${toFtsExpression(match)} AND ${passingOf(condition, sql`+f.rowid`)}
        ORDER BY ${ORDERS[order]} LIMIT ${limit}`);
    },

    count(match, condition, limit) {
      return conditions.all(sql`
        SELECT p.pk FROM papers_fts f CROSS JOIN papers p ON p.pk = f.rowid
        WHERE papers_fts MATCH ${toFtsExpression(match)} AND ${passingOf(condition, sql`+f.rowid`)}
        LIMIT ${limit}`).length;
    },

    among: (match, keys) => among.all(toFtsExpression(match), JSON.stringify(keys)),

    /** Ranking would take six times as long. */
    holders: (word) => holders.all(quote(word)),

    inField: (...asked) => holders.all(toFtsField(...asked)),
  };
}
