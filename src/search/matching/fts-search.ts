/** Finds papers by words with FTS5, which reads all postings of a word. */
import { sql } from 'kysely';
import type { Connection } from '../../db/open.ts';
import { quote, toFtsExpression } from '../query/word-match.ts';
import { EVERYTHING, ORDERS, openConditionReader, passingOf } from '../retrieval/conditions.ts';
import type { WordSearch } from './port.ts';

export function openFtsSearch(connection: Connection): WordSearch {
  const conditions = openConditionReader(connection);
  const holders = connection
    .prepare<[string], number>('SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?')
    .pluck();
  const among = connection
    .prepare<[string, string], number>(
      'SELECT rowid FROM papers_fts WHERE papers_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))',
    )
    .pluck();

  return {
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
  };
}
