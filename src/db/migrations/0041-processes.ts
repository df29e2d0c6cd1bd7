/** Tables for several processes on one database; with SQLite, only one process posts. */
import type { Migration } from '../migration.ts';

/** @param integer the type of whole numbers @param ending of a table */
function statements(integer: string, ending: string): string {
  return `
    -- Work that one process does at a time, until an instant by the clock of the database.
    CREATE TABLE leases (
      name TEXT NOT NULL PRIMARY KEY,
      holder TEXT NOT NULL,
      until ${integer} NOT NULL
    )${ending};
    -- When the next request of a kind may start.
    CREATE TABLE paces (
      name TEXT NOT NULL PRIMARY KEY,
      free_at ${integer} NOT NULL
    )${ending};
    -- The process that has read a row to post it, so that the others read other rows.
    ALTER TABLE deliveries ADD COLUMN reserved_by TEXT;
    ALTER TABLE deliveries ADD COLUMN reserved_until ${integer} NOT NULL DEFAULT 0;
  `;
}

export const processesMigration: Migration = {
  name: 'processes',
  up(connection) {
    connection.exec(statements('INTEGER', ' STRICT, WITHOUT ROWID'));
  },
  upPostgres(connection) {
    connection.exec(statements('bigint', '').replaceAll(' TEXT', ' text COLLATE "C"'));
  },
};
