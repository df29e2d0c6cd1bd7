/** Search queries by filter and name. They return keys; full rows are only read for the results. */
import { sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import type { Paper } from '../../papers/paper.ts';
import { toPaper } from '../../papers/paper-row.ts';
import { titleKey } from '../../text/ids.ts';
import { type Condition, type ListOrder, ORDERS, openConditionReader, passingOf } from './filter-store.ts';

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
