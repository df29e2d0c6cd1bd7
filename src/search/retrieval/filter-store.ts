/** Converts a search filter to SQL conditions on the papers table, which must have the alias `p`. */
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../db/open.ts';
import { isNamed, toAuthorMatch } from '../query/author.ts';
import type { SearchFilter } from '../search.ts';
import { foldedWords } from '../text/words.ts';
import type { CategoryStore } from './category-store.ts';
import { savedConditions, savedKeys } from './saved-store.ts';

type Sql = RawBuilder<unknown>;

export interface Condition {
  /**
   * The part that the key of a paper decides. Among the matches of words, it is checked first, because
   * reading a row of the papers table takes much longer.
   */
  byKey(key: Sql): Sql | undefined;
  /** A query for all keys that pass that part, sorted; absent if all keys do. */
  readonly keys?: Sql;
  /** The other part, on the papers table with the alias `p`; absent if the key decides all. */
  readonly others?: Sql;
}

/** Condition of an empty filter, which needs no table access. */
export const EVERYTHING: Condition = { byKey: () => undefined };

export interface FilterStore {
  /** Joins all conditions; `EVERYTHING` for an empty filter. */
  toCondition(filter: SearchFilter): Condition;
}

export function openFilterStore(connection: Connection, categories: CategoryStore): FilterStore {
  // Runs inside SQLite, so that counts and limits apply to the filtered rows.
  connection.function('written_by', { deterministic: true }, (authors, words) => {
    const names = JSON.parse(String(authors)) as string[];
    const wanted = JSON.parse(String(words)) as string[];
    return names.some((name) => isNamed(name, wanted)) ? 1 : 0;
  });

  return {
    toCondition({ since, until, category, author, minVotes, savedBy, saved }) {
      const conditions: Sql[] = [];
      // Papers dated only by month or year match every day of it.
      if (since !== undefined) {
        conditions.push(
          sql`p.published >= ${since.slice(0, 4)} AND p.published >= substr(${since}, 1, length(p.published))`,
        );
      }
      // "~" sorts after every instant of the day.
      if (until !== undefined) conditions.push(sql`p.published < ${`${until}~`}`);
      if (minVotes !== undefined) conditions.push(sql`p.votes >= ${minVotes}`);
      if (category !== undefined) {
        const meant = sql.join(categories.within(category));
        conditions.push(
          sql`EXISTS (SELECT 1 FROM paper_categories c WHERE c.paper = p.pk AND c.category IN (${meant}))`,
        );
      }
      const named = author === undefined ? undefined : keysOfAuthor(author);
      if (conditions.length === 0 && savedBy === undefined && !named) return EVERYTHING;
      const keptBy = (key: Sql) => [
        ...(savedBy === undefined ? [] : savedConditions(key, savedBy, saved)),
        ...(named === undefined ? [] : [sql`${key} IN (${named})`]),
      ];
      const ofSaves = savedBy && savedKeys(savedBy, saved);
      const keys =
        ofSaves && named ? sql`SELECT paper FROM (${ofSaves}) WHERE paper IN (${named})` : (ofSaves ?? named);
      return {
        byKey: (key) => (keys === undefined ? undefined : allOf(keptBy(key))),
        ...(keys !== undefined && { keys }),
        ...(conditions.length > 0 && { others: allOf(conditions) }),
      };
    },
  };
}

function allOf(conditions: readonly Sql[]): Sql {
  return sql.join(conditions, sql` AND `);
}

/** A query for the keys of the author's papers, sorted. */
function keysOfAuthor(author: string): Sql {
  const match = toAuthorMatch(author);
  if (match === undefined) return sql`SELECT pk AS paper FROM papers WHERE 0`;
  return sql`SELECT a.pk AS paper FROM papers_fts f CROSS JOIN papers a ON a.pk = f.rowid
    WHERE papers_fts MATCH ${match} AND written_by(a.authors, ${JSON.stringify(foldedWords(author))})
    ORDER BY a.pk`;
}
