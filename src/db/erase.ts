/** Erasing: what was deleted also leaves the bytes of the file and of its journal. */
import type { Connection } from './open.ts';

/** Tries to empty the journal, each of which waits for readers as long as a statement waits for a lock. */
const TRIES = 3;

/**
 * Writes all rows of these tables anew, so that no copy of a deleted row is left in their pages: SQLite moves rows about when it
 * balances a page, and `secure_delete` overwrites only the last place of a row. To be called inside the transaction that deletes.
 * @param tables none that another table refers to with ON DELETE CASCADE
 */
export function rewriteTables(connection: Connection, tables: readonly string[]): void {
  for (const table of tables) {
    connection.exec(`
      CREATE TEMP TABLE kept_rows AS SELECT * FROM main.${table};
      DELETE FROM main.${table};
      INSERT INTO main.${table} SELECT * FROM temp.kept_rows;
      DROP TABLE temp.kept_rows;
    `);
  }
}

/** Overwrites the pages that nothing uses: they may hold what was deleted before `secure_delete` was on. */
export function overwriteFreePages(connection: Connection): void {
  const count = Number(connection.pragma('freelist_count', { simple: true }));
  const bytes = Number(connection.pragma('page_size', { simple: true }));
  if (count === 0) return;
  connection.exec('CREATE TABLE filler (zeros BLOB)');
  const fill = connection.prepare('INSERT INTO filler VALUES (zeroblob(?))');
  // A blob takes as many whole pages as it fills; a page of the table itself is left over for each some hundred.
  for (let page = 0; page < count; page++) fill.run(bytes);
  connection.exec('DROP TABLE filler');
}

/** The journal holds pages as they were. @returns false when readers kept it from being emptied */
export function emptyJournal(connection: Connection): boolean {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [result] = connection.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: number }];
    if (result.busy === 0) return true;
  }
  return false;
}
