/** Search queries by words, filter and name. They return keys; full rows are only read for the results. */
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../db/open.ts';
import { queryOver } from '../../db/query.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import type { Paper } from '../../papers/paper.ts';
import { toPaper } from '../../papers/paper-row.ts';
import { titleKey } from '../../text/ids.ts';
import type { Sort } from '../search.ts';
import { type Condition, EVERYTHING } from './filter-store.ts';

export type CandidateText = Pick<PaperTable, 'title' | 'abstract'>;

/** Papers without a date or votes are last. Ties are broken by key, so that pages never overlap. */
const ORDERS: Readonly<Record<'newest' | 'votes', RawBuilder<unknown>>> = {
  newest: sql`p.published DESC, p.pk DESC`,
  votes: sql`p.votes DESC, p.published DESC, p.pk DESC`,
};

export type CandidateStore = ReturnType<typeof openCandidateStore>;

export function openCandidateStore(connection: Connection) {
  const query = queryOver(connection);
  const unranked = connection
    .prepare<[string], number>('SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?')
    .pluck();
  const keys = async (statement: RawBuilder<{ pk: number }>) =>
    (await statement.execute(query)).rows.map(({ pk }) => pk);

  return {
    /** FTS5 returns rows in order of rank. CROSS JOIN keeps the planner from querying FTS5 row by row. */
    matching(match: string, condition: Condition, order: Sort, limit: number): Promise<number[]> {
      if (condition === EVERYTHING && order === 'relevance') {
        return keys(sql`
          SELECT rowid AS pk FROM papers_fts WHERE papers_fts MATCH ${match} ORDER BY rank LIMIT ${limit}`);
      }
      const passing = passingOf(condition, sql`+f.rowid`);
      // Without the sign, FTS5 would rank all matches before any of them is checked.
      if (condition.others === undefined && order === 'relevance') {
        return keys(sql`
          SELECT f.rowid AS pk FROM papers_fts f WHERE papers_fts MATCH ${match} AND ${passing}
          ORDER BY +f.rank LIMIT ${limit}`);
      }
      const by = order === 'relevance' ? sql`f.rank` : ORDERS[order];
      return keys(sql`
        SELECT p.pk FROM papers_fts f CROSS JOIN papers p ON p.pk = f.rowid
        WHERE papers_fts MATCH ${match} AND ${passing} ORDER BY ${by} LIMIT ${limit}`);
    },

    /** All matches, in no order. Ranking takes six times as long. */
    unranked: (match: string): number[] => unranked.all(match),

    /** Sorted keys of the papers that pass the part of a condition that keys decide, if it has one. */
    keysOf({ keys: wanted }: Condition): Uint32Array | undefined {
      if (wanted === undefined) return undefined;
      const { sql: text, parameters } = wanted.compile(query);
      const select = connection.prepare<unknown[], number>(text).pluck();
      return Uint32Array.from(select.all(...parameters));
    },

    /** Checks the other part for one paper at a time. */
    checkOf({ others }: Condition): ((pk: number) => boolean) | undefined {
      if (others === undefined) return undefined;
      // The key comes last in the text, after the parameters of the condition.
      const { sql: text, parameters } = sql`SELECT 1 FROM papers p WHERE ${others} AND p.pk = `.compile(
        query,
      );
      const check = connection.prepare<unknown[], number>(`${text}?`);
      return (pk) => check.get(...parameters, pk) !== undefined;
    },

    /** Counts matches up to `limit`. */
    async countMatching(match: string, condition: Condition, limit: number): Promise<number> {
      const found = await keys(sql`
        SELECT p.pk FROM papers_fts f CROSS JOIN papers p ON p.pk = f.rowid
        WHERE papers_fts MATCH ${match} AND ${passingOf(condition, sql`+f.rowid`)} LIMIT ${limit}`);
      return found.length;
    },

    passing(condition: Condition, order: 'newest' | 'votes', limit: number, offset: number) {
      return keys(sql`
        SELECT p.pk FROM papers p WHERE ${passingOf(condition, sql`p.pk`)} ORDER BY ${ORDERS[order]} LIMIT ${limit} OFFSET ${offset}`);
    },

    async countPassing(condition: Condition, limit: number): Promise<number> {
      const counted = await sql<{ papers: number }>`
        SELECT count(*) AS papers FROM (SELECT 1 FROM papers p WHERE ${passingOf(condition, sql`p.pk`)} LIMIT ${limit})`.execute(
        query,
      );
      return counted.rows[0]?.papers ?? 0;
    },

    /** Finds a paper by its id or a former id. */
    byId(id: string, condition: Condition): Promise<number[]> {
      return keys(sql`
        SELECT p.pk FROM papers p
        WHERE (p.id = ${id} OR p.pk = (SELECT paper FROM paper_aliases WHERE alias = ${id})) AND ${passingOf(condition, sql`+p.pk`)}`);
    },

    byTitle(title: string, condition: Condition, limit: number): Promise<number[]> {
      return keys(sql`
        SELECT p.pk FROM papers p WHERE p.title_key = ${titleKey(title)} AND ${passingOf(condition, sql`+p.pk`)}
        ORDER BY ${ORDERS.votes} LIMIT ${limit}`);
    },

    texts(wanted: readonly number[]): Promise<CandidateText[]> {
      return query.selectFrom('papers').select(['title', 'abstract']).where('pk', 'in', wanted).execute();
    },

    async papers(wanted: readonly number[]): Promise<Paper[]> {
      const rows = await query.selectFrom('papers').selectAll().where('pk', 'in', wanted).execute();
      return inOrder(rows, wanted).map(toPaper);
    },
  };
}

/**
 * @param key with a sign in front where another condition finds the rows, so that SQLite does not seek each
 * key
 */
function passingOf({ byKey, others }: Condition, key: RawBuilder<unknown>): RawBuilder<unknown> {
  const kept = byKey(key);
  if (kept === undefined) return others ?? sql`1`;
  return others === undefined ? kept : sql`${kept} AND ${others}`;
}

function inOrder<Row extends { readonly pk: number }>(rows: readonly Row[], keys: readonly number[]): Row[] {
  const byKey = new Map(rows.map((row) => [row.pk, row]));
  return keys.map((key) => byKey.get(key)).filter((row) => row !== undefined);
}
