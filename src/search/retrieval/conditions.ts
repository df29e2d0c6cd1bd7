/** Conditions that papers must pass, how they are checked, and the orders of lists. */
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../db/open.ts';
import { queryOver } from '../../db/query.ts';

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
  if (kept === undefined) return others ?? sql`1`;
  return others === undefined ? kept : sql`${kept} AND ${others}`;
}

export type ConditionReader = ReturnType<typeof openConditionReader>;

export function openConditionReader(connection: Connection) {
  const query = queryOver(connection);
  /** Compiles a statement that returns keys. */
  function prepare(statement: Sql) {
    const { sql: text, parameters } = statement.compile(query);
    return { select: connection.prepare<unknown[], number>(text).pluck(), parameters };
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
