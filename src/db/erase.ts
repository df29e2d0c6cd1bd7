/** Erases deleted rows from the bytes of the database file and its journal. */
import type { DatabaseConnection } from './connection.ts';
import { isSqlite } from './open.ts';

/** Milliseconds to wait for readers. Nothing can be written meanwhile. */
const READERS_MS = 500;

/**
 * Rewrites all rows of these tables, so that their pages hold no copies of deleted rows. SQLite moves rows
 * when it balances pages, and `secure_delete` overwrites only the last location of a row. Call it in the
 * deleting transaction.
 * @param tables no table that another one references with ON DELETE CASCADE
 */
export function rewriteTables(connection: DatabaseConnection, tables: readonly string[]): void {
  // PostgreSQL reuses the space of deleted rows at its next vacuum, and has no file of ours.
  if (!isSqlite(connection)) return;
  for (const table of tables) {
    connection.exec(`
      CREATE TEMP TABLE kept_rows AS SELECT * FROM main.${table};
      DELETE FROM main.${table};
      INSERT INTO main.${table} SELECT * FROM temp.kept_rows;
      DROP TABLE temp.kept_rows;
    `);
  }
}

/** Overwrites free pages, which may hold rows that were deleted before `secure_delete` was on. */
export function overwriteFreePages(connection: DatabaseConnection): void {
  if (!isSqlite(connection)) return;
  const count = Number(connection.pragma('freelist_count', { simple: true }));
  const bytes = Number(connection.pragma('page_size', { simple: true }));
  if (count === 0) return;
  connection.exec('CREATE TABLE filler (zeros BLOB)');
  const fill = connection.prepare('INSERT INTO filler VALUES (zeroblob(?))');
  // Each blob fills one free page. The table itself takes one more page per few hundred blobs.
  for (let page = 0; page < count; page++) fill.run(bytes);
  connection.exec('DROP TABLE filler');
}

/**
 * Empties the journal, which holds older versions of pages.
 * @returns false if readers prevented it. The nightly clean-up tries again, and so does the close of the
 * database.
 */
export function emptyJournal(connection: DatabaseConnection): boolean {
  if (!isSqlite(connection)) return true;
  const usual = Number(connection.pragma('busy_timeout', { simple: true }));
  connection.pragma(`busy_timeout = ${READERS_MS}`);
  try {
    const [result] = connection.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: number }];
    return result.busy === 0;
  } finally {
    connection.pragma(`busy_timeout = ${usual}`);
  }
}
