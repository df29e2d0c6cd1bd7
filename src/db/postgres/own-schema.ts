/**
 * Tables and triggers that only PostgreSQL has, beside those that are made from SQLite's. SQLite runs one
 * writer after the other; here, transactions of several processes overlap, and the numbers they draw can
 * become visible in another order.
 */
import type { DatabaseConnection } from '../connection.ts';

/** Empty tables, whose locks put those in order who write numbered rows that others follow. */
const ORDERS = {
  /** For `word_changes`. */
  papers: 'order_of_papers',
  /** For `paper_vectors`. */
  vectors: 'order_of_vectors',
} as const;

/** Takes the lock before a row gets its number, so a number that others see is larger than all before it. */
function orderOf(table: string, order: string): string[] {
  return [
    `CREATE TABLE ${order} ()`,
    `CREATE FUNCTION wait_for_${order}() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN LOCK TABLE ${order} IN EXCLUSIVE MODE; RETURN NULL; END $$`,
    `CREATE TRIGGER ${table}_in_order BEFORE INSERT ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION wait_for_${order}()`,
  ];
}

export const OWN_SCHEMA: readonly string[] = [
  ...orderOf('word_changes', ORDERS.papers),
  ...orderOf('paper_vectors', ORDERS.vectors),
  // Keys of papers have gaps, because a transaction that fails has drawn some. SQLite has none at the end.
  `CREATE FUNCTION count_key_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
     DECLARE
       added_rows bigint;
       oldest bigint;
       newest bigint;
       former bigint;
       gaps_more bigint;
     BEGIN
       SELECT count(*), min(pk), max(pk) INTO added_rows, oldest, newest FROM added;
       IF added_rows = 0 THEN RETURN NULL; END IF;
       -- Mostly, all keys before are smaller.
       SELECT max(pk) INTO former FROM (SELECT pk FROM papers WHERE pk > oldest EXCEPT SELECT pk FROM added) others;
       IF former IS NULL THEN SELECT coalesce(max(pk), 0) INTO former FROM papers WHERE pk < oldest; END IF;
       gaps_more := greatest(newest - former, 0) - added_rows;
       IF gaps_more <> 0 THEN UPDATE paper_counts SET gaps = gaps + gaps_more; END IF;
       RETURN NULL;
     END $$`,
  `CREATE TRIGGER papers_key_gaps AFTER INSERT ON papers REFERENCING NEW TABLE AS added
     FOR EACH STATEMENT EXECUTE FUNCTION count_key_gaps()`,
];

/**
 * Call it first in a transaction that writes such rows. The transaction then sees what those before it wrote,
 * so it does not fail because of them. Those that do not call it wait later, and may be run again.
 */
export function takeTurn(connection: DatabaseConnection, order: keyof typeof ORDERS): void {
  // This statement alone does not begin what the transaction sees.
  if (connection.engine === 'postgres') connection.exec(`LOCK TABLE ${ORDERS[order]} IN EXCLUSIVE MODE`);
}
