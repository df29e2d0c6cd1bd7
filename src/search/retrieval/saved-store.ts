/** SQL conditions for saved papers: whose they are, their tags and reading states, and the words of notes. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonRef, Team } from '../../chat/caller.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { queryOver } from '../../db/query.ts';
import type { TextQuery } from '../query/query.ts';
import { allOf, anyOf, toFtsExpression, type WordMatch } from '../query/word-match.ts';
import type { SavedFilter } from '../search.ts';
import { toPhrase } from '../text/phrases.ts';
import type { Ways } from '../text/units.ts';
import { foldWord } from '../text/words.ts';

type Sql = RawBuilder<unknown>;
export type SavedBy = PersonRef | Team;

/** Rows of `saves` by this person or in this team, in the time of the filter. */
export function savesBy(by: SavedBy, { since, until }: Pick<SavedFilter, 'since' | 'until'> = {}): Sql {
  const conditions = [sql`(${'person' in by ? personCondition(by) : teamCondition(by)})`];
  if (since !== undefined) conditions.push(sql`saved_at >= ${since}`);
  // "~" sorts after every instant of the day.
  if (until !== undefined) conditions.push(sql`saved_at < ${`${until}~`}`);
  return sql.join(conditions, sql` AND `);
}

/** @param paper the column with the key of the paper */
export function savedConditions(paper: Sql, by: SavedBy, filter?: SavedFilter): Sql[] {
  return [
    sql`${paper} IN (SELECT saves.paper FROM saves WHERE ${savesBy(by, filter)})`,
    ...detailConditions(paper, by, filter),
  ];
}

/** A query for the keys, sorted, which does not look up papers. */
export function savedKeys(by: SavedBy, filter?: SavedFilter): Sql {
  const details = detailConditions(sql`s.paper`, by, filter);
  const all = sql.join([sql`true`, ...details], sql` AND `);
  return sql`SELECT DISTINCT s.paper FROM (SELECT saves.paper FROM saves WHERE ${savesBy(by, filter)}) s
    WHERE ${all} ORDER BY s.paper`;
}

export function detailConditions(paper: Sql, by: SavedBy, filter?: SavedFilter): Sql[] {
  if (filter === undefined) return [];
  const { of, tag, state, noted } = filter;
  return [
    ...(tag === undefined ? [] : [sql`${paper} IN (${taggedBy(by, tag)})`]),
    ...(state === undefined ? [] : [stateCondition(paper, of, state)]),
    ...(noted
      ? [sql`${paper} IN (SELECT d.paper FROM save_details d WHERE ${personCondition(of)} AND d.note <> '')`]
      : []),
  ];
}

/** In a team, the tag of anyone who saved the paper there. */
function taggedBy(by: SavedBy, tag: string): Sql {
  const tagged = sql`SELECT t.paper FROM save_tags t WHERE t.tag = ${tag}`;
  if ('person' in by) return sql`${tagged} AND ${personCondition(by)}`;
  return sql`${tagged} AND EXISTS (
    SELECT 1 FROM saves s WHERE s.paper = t.paper AND s.platform = t.platform
      AND s.workspace = t.workspace AND s.person = t.person AND (${teamCondition(by, sql`s.`)}))`;
}

function stateCondition(paper: Sql, of: PersonRef, state: SavedFilter['state']): Sql {
  const mine = sql`SELECT d.paper FROM save_details d WHERE ${personCondition(of)}`;
  // Most saved papers have no details.
  return state === 'unread'
    ? sql`${paper} NOT IN (${mine} AND d.state <> 'unread')`
    : sql`${paper} IN (${mine} AND d.state = ${state})`;
}

/** Papers with these words in the person's note. */
export function notedBy({ engine }: DatabaseConnection, of: PersonRef, match: WordMatch): Sql {
  return sql`SELECT d.paper ${engine === 'sqlite' ? withWords(match) : withStems(match)}
    AND ${personCondition(of)}`;
}

/** Notes in FTS5, from its rows of all people. */
function withWords(match: WordMatch): Sql {
  return sql`FROM notes_fts f CROSS JOIN save_details d ON d.pk = f.rowid
    WHERE notes_fts MATCH ${toFtsExpression(match)}`;
}

/**
 * PostgreSQL has no FTS5. A person's notes are few, and their words are stored as stems between spaces, so
 * that a phrase is a part of them.
 */
function withStems({ any, all, none }: WordMatch): Sql {
  const wanted = all.map(hasOneOf);
  if (any.length > 0) wanted.push(sql`(${sql.join(any.map(hasPhrase), sql` OR `)})`);
  const conditions = [...wanted, ...none.map((ways) => sql`NOT ${hasOneOf(ways)}`)];
  return sql`FROM save_details d WHERE d.words <> '' AND ${sql.join(conditions, sql` AND `)}`;
}

function hasOneOf(ways: Ways): Sql {
  const each = ways.map((phrases) => sql`(${sql.join(phrases.map(hasPhrase), sql` AND `)})`);
  return sql`(${sql.join(each, sql` OR `)})`;
}

function hasPhrase(words: string): Sql {
  return sql`strpos(d.words, ${toPhrase(words).text}) > 0`;
}

/** Notes that have more of the words are first, and of those the shorter ones. */
function byStems({ any }: WordMatch): Sql {
  const found = any.map((word) => sql`CASE WHEN ${hasPhrase(word)} THEN 1 ELSE 0 END`);
  // A number alone would be the place of a column.
  const most = found.length > 0 ? [sql`${sql.join(found, sql` + `)} DESC`] : [];
  return sql.join([...most, sql`length(d.words)`, sql`d.pk`], sql`, `);
}

/** Papers that the person gave one of these tags. */
export function taggedWith(of: PersonRef, tags: readonly string[]): Sql {
  return sql`SELECT t.paper FROM save_tags t WHERE ${personCondition(of)}
    AND t.tag IN (SELECT value FROM json_each(${JSON.stringify(tags)}))`;
}

function personCondition({ platform, workspace, person }: PersonRef): Sql {
  return sql`platform = ${platform} AND workspace = ${workspace} AND person = ${person}`;
}

export function teamCondition({ team, everybodyBut }: Team, table: Sql = sql``): Sql {
  if (everybodyBut === undefined) return sql`${table}team = ${team}`;
  const others = JSON.stringify(everybodyBut);
  return sql`${table}team = ${team} OR ${table}platform NOT IN (SELECT value FROM json_each(${others}))`;
}

/** Finds saved papers by the words of the person's notes and tags. */
export function openNoteReader(connection: DatabaseConnection) {
  const query = queryOver(connection);

  async function matching(
    match: WordMatch,
    tags: readonly string[],
    by: SavedBy,
    filter: SavedFilter,
    limit: number,
  ): Promise<number[]> {
    const { of } = filter;
    // Only saved papers have notes and tags, so their person's own list need not be read.
    const isWhole = 'person' in by && filter.since === undefined && filter.until === undefined;
    const conditions = isWhole
      ? detailConditions(sql`+paper`, by, filter)
      : savedConditions(sql`+paper`, by, filter);
    const passing = sql.join([sql`true`, ...conditions], sql` AND `);
    const order = connection.engine === 'sqlite' ? sql`+f.rank` : byStems(match);
    const noted = await sql<{ paper: number }>`
      ${notedBy(connection, of, match)} AND ${passing} ORDER BY ${order} LIMIT ${limit}`.execute(query);
    const tagged = await sql<{ paper: number }>`
      SELECT paper FROM (${taggedWith(of, tags)}) AS tagged WHERE ${passing} LIMIT ${limit}`.execute(query);
    return [...new Set([...noted.rows, ...tagged.rows].map(({ paper }) => paper))].slice(0, limit);
  }

  return {
    /** With everything that was typed in the note, or as a tag. */
    all: (typed: TextQuery, by: SavedBy, filter: SavedFilter, limit: number) =>
      matching(allOf(typed), [tagOf(typed)], by, filter, limit),
    /** With any of the words. */
    some(typed: TextQuery, by: SavedBy, filter: SavedFilter, limit: number) {
      const tags = typed.words.map(({ text }) => foldWord(text));
      return matching(anyOf(typed, typed.words), tags, by, filter, limit);
    },
  };
}

/** The tag that the words would be. */
function tagOf({ words }: TextQuery): string {
  return words.map(({ text }) => foldWord(text)).join('-');
}
