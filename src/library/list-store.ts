/** Lists saved papers: filtered, sorted and page by page. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonRef, Team } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { queryOver } from '../db/query.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import { toPaper } from '../papers/paper-row.ts';
import { openWordSearch } from '../search/matching/word-search.ts';
import { readQuery } from '../search/query/query.ts';
import { phraseOf, type WordMatch } from '../search/query/word-match.ts';
import {
  detailConditions,
  notedBy,
  type SavedBy,
  savesBy,
  taggedWith,
  teamCondition,
} from '../search/retrieval/saved-store.ts';
import type { ReadingState } from '../search/search.ts';
import type { Ways } from '../search/text/units.ts';
import { foldWord } from '../search/text/words.ts';
import type { WordIndexReader } from '../search/word-index/index-reader.ts';
import type { Day } from '../time/clock.ts';
import type { Library, ListQuery, SavedPage, SavedPaper, SavedSort } from './library.ts';

type Sql = RawBuilder<unknown>;

const ORDERS: Readonly<Record<SavedSort, Sql>> = {
  newest: sql`s.saved_at DESC, s.paper DESC`,
  oldest: sql`s.saved_at, s.paper`,
  title: sql`p.title_key, s.paper`,
  votes: sql`p.votes DESC, s.saved_at DESC, s.paper DESC`,
  unread: sql`CASE coalesce(d.state, 'unread') WHEN 'unread' THEN 0 WHEN 'reading' THEN 1 ELSE 2 END,
    s.saved_at DESC, s.paper DESC`,
};

interface Row {
  pk: number;
  saved_at: string;
}

type CountedRow = Row & { total: number };

interface ShownRow extends PaperTable {
  saves: number;
  tags: string;
  note: string | null;
  state: ReadingState | null;
}

export interface ListRequest extends Omit<ListQuery, 'scope'> {
  readonly by: SavedBy;
  readonly team: Team;
  /** The person who asks; absent for a list that is nobody's. */
  readonly of?: PersonRef;
}

const NOBODY: PersonRef = { platform: '', workspace: '', person: '' };

export function openSavedLists(connection: DatabaseConnection, index: WordIndexReader | undefined) {
  const query = queryOver(connection);
  const paperWords = openWordSearch(connection, index);

  /** One condition for each word: it is in the paper, in the person's note, or one of their tags. */
  async function wordConditions(text: string, of: PersonRef, saves: Sql): Promise<Sql[]> {
    if (text.trim() === '') return [];
    const { units, phrases, excluded } = readQuery(text);
    const wanted = [
      ...units.map(({ ways, words }) => ({ ways, tag: words.join('-') })),
      ...phrases.map((phrase) => ({ ways: phraseOf(phrase), tag: phrase.join('-') })),
    ];
    if (wanted.length === 0) return [sql`false`];
    const saved = await sql<{ paper: number }>`SELECT paper FROM (${saves}) AS saved`.execute(query);
    const keys = saved.rows.map(({ paper }) => paper);
    const holding = (match: WordMatch) =>
      sql`SELECT CAST(value AS BIGINT) FROM json_each(${JSON.stringify(paperWords.among(match, keys))})`;
    return [
      ...wanted.map(({ ways, tag }) => {
        const match = toMatch(ways);
        return sql`(s.paper IN (${holding(match)}) OR s.paper IN (${notedBy(connection, of, match)})
          OR s.paper IN (${taggedWith(of, [foldWord(tag)])}))`;
      }),
      ...excluded.map((ways) => sql`s.paper NOT IN (${holding(toMatch(ways))})`),
    ];
  }

  async function rowsOf(saves: Sql, where: Sql, { of = NOBODY, sort, limit, offset }: ListRequest) {
    // Only these orders read the papers or the details of the whole list.
    const papers = sort === 'title' || sort === 'votes' ? sql`JOIN papers p ON p.pk = s.paper` : sql``;
    const details = sort === 'unread' ? sql`LEFT JOIN save_details d ON ${detailsOf(of)}` : sql``;
    const { rows } = await sql<CountedRow>`
      SELECT s.paper AS pk, s.saved_at, count(*) OVER () AS total FROM (${saves}) s ${papers} ${details}
      WHERE ${where} ORDER BY ${ORDERS[sort]} LIMIT ${limit} OFFSET ${offset}`.execute(query);
    return rows;
  }

  async function shown(
    rows: readonly Row[],
    { by, team, of = NOBODY }: Pick<ListRequest, 'by' | 'team' | 'of'>,
  ): Promise<SavedPaper[]> {
    const keys = JSON.stringify(rows.map(({ pk }) => pk));
    const tagged =
      'person' in by
        ? sql`platform = ${by.platform} AND workspace = ${by.workspace} AND person = ${by.person}`
        : sql`EXISTS (SELECT 1 FROM saves x WHERE x.paper = t.paper AND x.platform = t.platform
            AND x.workspace = t.workspace AND x.person = t.person AND (${teamCondition(by, sql`x.`)}))`;
    const found = await sql<ShownRow>`
      SELECT p.*, d.note, d.state,
        (SELECT count(DISTINCT platform || ' ' || workspace || ' ' || person) FROM saves
         WHERE saves.paper = p.pk AND (${teamCondition(team)})) AS saves,
        (SELECT json_group_array(DISTINCT tag ORDER BY tag) FROM save_tags t
         WHERE t.paper = p.pk AND ${tagged}) AS tags
      FROM json_each(${keys}) k JOIN papers p ON p.pk = CAST(k.value AS BIGINT)
      LEFT JOIN save_details d ON d.paper = p.pk AND d.platform = ${of.platform}
        AND d.workspace = ${of.workspace} AND d.person = ${of.person}`.execute(query);
    const byKey = new Map(found.rows.map((row) => [row.pk, row]));
    return rows.flatMap(({ pk, saved_at }) => {
      const row = byKey.get(pk);
      return row ? [toSavedPaper(row, saved_at)] : [];
    });
  }

  return {
    async page(asked: ListRequest): Promise<SavedPage> {
      const { by, of = NOBODY, filter, text = '' } = asked;
      const saves = sql`SELECT paper, max(saved_at) AS saved_at FROM saves WHERE ${savesBy(by, filter)} GROUP BY paper`;
      const conditions = [
        ...detailConditions(sql`s.paper`, by, { ...filter, of }),
        ...(await wordConditions(text, of, saves)),
      ];
      const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
      const rows = await rowsOf(saves, where, asked);
      if (rows.length > 0 || asked.offset === 0) {
        return { total: rows[0]?.total ?? 0, papers: await shown(rows, asked) };
      }
      const counted = await sql<{ total: number }>`
        SELECT count(*) AS total FROM (${saves}) s WHERE ${where}`.execute(query);
      return { total: counted.rows[0]?.total ?? 0, papers: [] };
    },

    /** These papers in this order, without those that are not on the list. */
    async among(keys: readonly number[], asked: Pick<ListRequest, 'by' | 'team' | 'of'>) {
      const { rows } = await sql<Row>`
        SELECT paper AS pk, max(saved_at) AS saved_at FROM saves
        WHERE paper IN (SELECT CAST(value AS BIGINT) FROM json_each(${JSON.stringify(keys)})) AND ${savesBy(asked.by)}
        GROUP BY paper`.execute(query);
      const byKey = new Map(rows.map((row) => [row.pk, row]));
      return shown(
        keys.flatMap((pk) => byKey.get(pk) ?? []),
        asked,
      );
    },

    async mostSaved(
      team: Team,
      since: Day | undefined,
      limit: number,
      offset: number,
    ): ReturnType<Library['mostSaved']> {
      type PopularRow = PaperTable & { people: number; total: number };
      const { rows } = await sql<PopularRow>`
        SELECT p.*, s.people, s.total FROM (
          SELECT paper, count(DISTINCT platform || ' ' || workspace || ' ' || person) AS people,
            max(saved_at) AS latest, count(*) OVER () AS total
          FROM saves WHERE ${savesBy(team, { ...(since !== undefined && { since }) })} GROUP BY paper
          ORDER BY people DESC, latest DESC, paper DESC LIMIT ${limit} OFFSET ${offset}) s
        JOIN papers p ON p.pk = s.paper ORDER BY s.people DESC, s.latest DESC, s.paper DESC`.execute(query);
      const papers = rows.map((row) => ({ paper: toPaper(row), people: row.people }));
      if (rows[0] !== undefined || offset === 0) return { total: rows[0]?.total ?? 0, papers };
      const { total } = await this.mostSaved(team, since, 1, 0);
      return { total, papers };
    },

    async tags({ platform, workspace, person }: PersonRef, typed: string, limit: number): Promise<string[]> {
      const { rows } = await sql<{ tag: string }>`
        SELECT tag FROM save_tags
        WHERE platform = ${platform} AND workspace = ${workspace} AND person = ${person}
          AND substr(tag, 1, length(${typed})) = ${typed}
        GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${limit}`.execute(query);
      return rows.map(({ tag }) => tag);
    },
  };
}

function detailsOf({ platform, workspace, person }: PersonRef): Sql {
  return sql`d.paper = s.paper AND d.platform = ${platform} AND d.workspace = ${workspace} AND d.person = ${person}`;
}

function toMatch(ways: Ways): WordMatch {
  return { any: [], all: [ways], none: [] };
}

function toSavedPaper(row: ShownRow, savedAt: string): SavedPaper {
  return {
    paper: toPaper(row),
    savedAt,
    saves: row.saves,
    tags: JSON.parse(row.tags) as string[],
    ...(row.note && { note: row.note }),
    state: row.state ?? 'unread',
  };
}
