/** Converts a search filter to SQL conditions on the papers table, which must have the alias `p`. */
import { type RawBuilder, sql } from 'kysely';
import type { DatabaseConnection } from '../../db/connection.ts';
import { queryOver } from '../../db/query.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import { isNamed } from '../query/author.ts';
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

export type ListOrder = 'newest' | 'votes';

/** Papers without a date or votes are last. Ties are broken by key, so that pages never overlap. */
export const ORDERS: Readonly<Record<ListOrder, Sql>> = {
  newest: sql`p.published DESC, p.pk DESC`,
  votes: sql`p.votes DESC, p.published DESC, p.pk DESC`,
};

/**
 * @param key with a sign in front where another condition finds the rows, so that SQLite does not seek each
 * key
 */
export function passingOf({ byKey, others }: Condition, key: Sql): Sql {
  const kept = byKey(key);
  if (kept === undefined) return others ?? sql`true`;
  return others === undefined ? kept : sql`${kept} AND ${others}`;
}

/** Statements that are kept; those with lists of categories are many. */
const MOST_PREPARED = 50;

export type ConditionReader = ReturnType<typeof openConditionReader>;

export function openConditionReader(connection: DatabaseConnection) {
  const query = queryOver(connection);
  const prepared = new Map<string, ReturnType<typeof compiled>>();
  const compiled = (text: string) => connection.prepare<unknown[], number>(text).pluck();

  /** Compiles a statement that returns keys. Most searches have the same few. */
  function prepare(statement: Sql) {
    const { sql: text, parameters } = statement.compile(query);
    let select = prepared.get(text);
    // One that is being read cannot be run.
    if (!select || select.busy) {
      select = compiled(text);
      if (prepared.size >= MOST_PREPARED) prepared.clear();
      prepared.set(text, select);
    }
    return { select, parameters };
  }

  return {
    /** Runs a statement that returns keys. */
    all(statement: Sql): number[] {
      const { select, parameters } = prepare(statement);
      return select.all(...parameters);
    },

    /** The first keys of a statement that pass, in its order. */
    first(statement: Sql, passes: (pk: number) => boolean, limit: number): number[] {
      const { select, parameters } = prepare(statement);
      const found: number[] = [];
      for (const pk of select.iterate(...parameters)) {
        if (!passes(pk)) continue;
        found.push(pk);
        if (found.length === limit) break;
      }
      return found;
    },

    /** Sorted keys of the papers that pass the part of a condition that keys decide, if it has one. */
    keysOf({ keys: wanted }: Condition): Uint32Array | undefined {
      return wanted && Uint32Array.from(this.all(wanted));
    },

    /** Checks the other part for one paper at a time. */
    checkOf({ others }: Condition): ((pk: number) => boolean) | undefined {
      if (others === undefined) return undefined;
      // The key comes last in the text, after the parameters of the condition.
      const { select, parameters } = prepare(sql`SELECT 1 FROM papers p WHERE ${others} AND p.pk = ?`);
      return (pk) => select.get(...parameters, pk) !== undefined;
    },
  };
}

/** Share of all papers, and number, up to which the keys of a date range or a category are read. */
const RARE = 0.02;
const FEWEST_KEYS = 2_000;

export interface FilterStore {
  /** Joins all conditions; `EVERYTHING` for an empty filter. */
  toCondition(filter: SearchFilter): Condition;
}

/** Words of a name that are looked up; papers are compared with all of them. */
const MOST_NAME_WORDS = 8;

/** @param named returns keys of papers that have all words in names, and of some that only seem to */
export function openFilterStore(
  connection: DatabaseConnection,
  categories: CategoryStore,
  named: (words: readonly string[]) => readonly number[],
): FilterStore {
  const authors = connection.prepare<[string], Pick<PaperTable, 'pk' | 'authors'>>(
    'SELECT pk, authors FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );

  /** A query for the keys of the author's papers. */
  function keysOfAuthor(author: string): Sql {
    const words = foldedWords(author);
    const seeming = words.length === 0 ? [] : named(words.slice(0, MOST_NAME_WORDS));
    const keys: number[] = [];
    for (const paper of authors.iterate(JSON.stringify(seeming))) {
      const names = JSON.parse(paper.authors) as string[];
      if (names.some((name) => isNamed(name, words))) keys.push(paper.pk);
    }
    return sql`SELECT CAST(value AS BIGINT) AS paper FROM json_each(${JSON.stringify(keys)})`;
  }

  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  const reader = openConditionReader(connection);

  /**
   * Whether so few papers pass that their keys are read. Checking papers one by one would read hundreds for
   * each one that passes.
   */
  function isRare(keys: Sql): boolean {
    const most = Math.max(FEWEST_KEYS, (newest.get() ?? 0) * RARE);
    const [counted = 0] = reader.all(
      sql`SELECT count(*) FROM (${keys} LIMIT ${Math.ceil(most) + 1}) AS first`,
    );
    return counted <= most;
  }

  return {
    toCondition(filter) {
      const { author, savedBy, saved, minVotes } = filter;
      const written = author === undefined ? [] : [keysOfAuthor(author)];
      const listed = [...dateParts(filter), ...categoryParts(filter, categories)].map((part) => ({
        ...part,
        isRare: isRare(part.keys),
      }));
      const few = [...written, ...listed.filter((part) => part.isRare).map((part) => part.keys)];
      const others = [
        ...listed.filter((part) => !part.isRare).map((part) => part.check),
        ...(minVotes === undefined ? [] : [sql`p.votes >= ${minVotes}`]),
      ];
      if (few.length + others.length === 0 && savedBy === undefined) return EVERYTHING;
      const decided = (key: Sql) => [
        ...(savedBy === undefined ? [] : savedConditions(key, savedBy, saved)),
        ...few.map((keys) => sql`${key} IN (${keys})`),
      ];
      const keys = intersection([...(savedBy === undefined ? [] : [savedKeys(savedBy, saved)]), ...few]);
      return {
        byKey: (key) => (keys === undefined ? undefined : allOf(decided(key))),
        ...(keys !== undefined && { keys }),
        ...(others.length > 0 && { others: allOf(others) }),
      };
    },
  };
}

/** A condition on dates or categories: as a check of a row, and as a query for the keys that pass. */
interface FilterPart {
  readonly check: Sql;
  readonly keys: Sql;
}

function dateParts({ since, until }: SearchFilter): FilterPart[] {
  const checks: Sql[] = [];
  // Papers dated only by month or year match every day of it. Any other form would read the whole year.
  if (since !== undefined) {
    checks.push(
      sql`(p.published >= ${since} OR p.published IN (${since.slice(0, 'YYYY'.length)}, ${since.slice(0, 'YYYY-MM'.length)}))`,
    );
  }
  // "~" sorts after every instant of the day.
  if (until !== undefined) checks.push(sql`p.published < ${`${until}~`}`);
  if (checks.length === 0) return [];
  const check = allOf(checks);
  return [{ check, keys: sql`SELECT p.pk AS paper FROM papers p WHERE ${check}` }];
}

function categoryParts({ category }: SearchFilter, categories: CategoryStore): FilterPart[] {
  if (category === undefined) return [];
  const within = categories.within(category);
  const meant = within.length === 0 ? sql`NULL` : sql.join(within);
  return [
    {
      check: sql`EXISTS (SELECT 1 FROM paper_categories c WHERE c.paper = p.pk AND c.category IN (${meant}))`,
      keys: sql`SELECT DISTINCT c.paper FROM paper_categories c WHERE c.category IN (${meant})`,
    },
  ];
}

/** @returns a query for the keys that are in all of the others, sorted; `undefined` for none */
function intersection([first, ...rest]: readonly Sql[]): Sql | undefined {
  if (first === undefined) return undefined;
  const others = rest.map((keys) => sql`paper IN (${keys})`);
  // The sign keeps SQLite from reading all papers in the order of their keys.
  return sql`SELECT paper FROM (${first}) AS found WHERE ${allOf([sql`true`, ...others])} ORDER BY +paper`;
}

function allOf(conditions: readonly Sql[]): Sql {
  return sql.join(conditions, sql` AND `);
}
