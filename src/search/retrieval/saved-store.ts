/** SQL conditions for saved papers: whose they are, their tags and reading states, and the words of notes. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonRef, Team } from '../../chat/caller.ts';
import type { Connection } from '../../db/open.ts';
import { queryOver } from '../../db/query.ts';
import { type TextQuery, toMatch, toStrictMatch } from '../query/query.ts';
import type { SavedFilter } from '../search.ts';
import { foldWord } from '../text/words.ts';

type Condition = RawBuilder<unknown>;
export type SavedBy = PersonRef | Team;

/** Rows of `saves` by this person or in this team, in the time of the filter. */
export function savesBy(by: SavedBy, { since, until }: Pick<SavedFilter, 'since' | 'until'> = {}): Condition {
  const conditions = [sql`(${'person' in by ? personCondition(by) : teamCondition(by)})`];
  if (since !== undefined) conditions.push(sql`saved_at >= ${since}`);
  // "~" sorts after every instant of the day.
  if (until !== undefined) conditions.push(sql`saved_at < ${`${until}~`}`);
  return sql.join(conditions, sql` AND `);
}

/** @param paper the column with the key of the paper */
export function savedConditions(paper: Condition, by: SavedBy, filter?: SavedFilter): Condition[] {
  return [
    sql`${paper} IN (SELECT saves.paper FROM saves WHERE ${savesBy(by, filter)})`,
    ...detailConditions(paper, by, filter),
  ];
}

export function detailConditions(paper: Condition, by: SavedBy, filter?: SavedFilter): Condition[] {
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
function taggedBy(by: SavedBy, tag: string): Condition {
  const tagged = sql`SELECT t.paper FROM save_tags t WHERE t.tag = ${tag}`;
  if ('person' in by) return sql`${tagged} AND ${personCondition(by)}`;
  return sql`${tagged} AND EXISTS (
    SELECT 1 FROM saves s WHERE s.paper = t.paper AND s.platform = t.platform
      AND s.workspace = t.workspace AND s.person = t.person AND (${teamCondition(by, sql`s.`)}))`;
}

function stateCondition(paper: Condition, of: PersonRef, state: SavedFilter['state']): Condition {
  const mine = sql`SELECT d.paper FROM save_details d WHERE ${personCondition(of)}`;
  // Most saved papers have no details.
  return state === 'unread'
    ? sql`${paper} NOT IN (${mine} AND d.state <> 'unread')`
    : sql`${paper} IN (${mine} AND d.state = ${state})`;
}

/** Papers with these words in the person's note. `match` is an FTS5 expression. */
export function notedBy(of: PersonRef, match: string): Condition {
  return sql`SELECT d.paper FROM notes_fts f CROSS JOIN save_details d ON d.pk = f.rowid
    WHERE notes_fts MATCH ${match} AND ${personCondition(of)}`;
}

/** Papers that the person gave one of these tags. */
export function taggedWith(of: PersonRef, tags: readonly string[]): Condition {
  return sql`SELECT t.paper FROM save_tags t WHERE ${personCondition(of)}
    AND t.tag IN (SELECT value FROM json_each(${JSON.stringify(tags)}))`;
}

function personCondition({ platform, workspace, person }: PersonRef): Condition {
  return sql`platform = ${platform} AND workspace = ${workspace} AND person = ${person}`;
}

export function teamCondition({ team, everybodyBut }: Team, table: Condition = sql``): Condition {
  if (everybodyBut === undefined) return sql`${table}team = ${team}`;
  const others = JSON.stringify(everybodyBut);
  return sql`${table}team = ${team} OR ${table}platform NOT IN (SELECT value FROM json_each(${others}))`;
}

/** Finds saved papers by the words of the person's notes and tags. */
export function openNoteReader(connection: Connection) {
  const query = queryOver(connection);
  async function matching(found: Condition, condition: Condition, limit: number): Promise<number[]> {
    const { rows } = await sql<{ pk: number }>`
      SELECT p.pk FROM papers p WHERE p.pk IN (${found}) AND ${condition}
      ORDER BY p.published DESC, p.pk DESC LIMIT ${limit}`.execute(query);
    return rows.map(({ pk }) => pk);
  }
  return {
    /** With everything that was typed in the note, or as a tag. */
    all: (of: PersonRef, typed: TextQuery, condition: Condition, limit: number) =>
      matching(
        sql`${notedBy(of, toStrictMatch(typed))} UNION ${taggedWith(of, [tagOf(typed)])}`,
        condition,
        limit,
      ),
    /** With any of the words. */
    some: (of: PersonRef, typed: TextQuery, condition: Condition, limit: number) =>
      matching(
        sql`${notedBy(of, toMatch(typed, typed.words))} UNION ${taggedWith(
          of,
          typed.words.map(({ text }) => foldWord(text)),
        )}`,
        condition,
        limit,
      ),
  };
}

/** The tag that the words would be. */
function tagOf({ words }: TextQuery): string {
  return words.map(({ text }) => foldWord(text)).join('-');
}
