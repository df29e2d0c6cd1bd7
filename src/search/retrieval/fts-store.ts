/** Searches by words in FTS5, which SQLite has: for a small store, and until the word index is complete. */
import { sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import { INDEXED_FROM } from '../../papers/paper-index-store.ts';
import { quote, toFtsExpression, toFtsField } from '../query/word-match.ts';
import { EVERYTHING, ORDERS, openConditionReader, passingOf } from './filter-store.ts';
import type { SomeWords } from './word-search-port.ts';

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
