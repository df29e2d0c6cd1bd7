/** A table for a limit of requests that several processes keep together. */
import type { Migration } from '../migration.ts';

function statements(integer: string, ending: string): string {
  return `
    -- As many rows as requests may reach a platform in one window. Each is used by one request at a time.
    CREATE TABLE request_places (
      name TEXT NOT NULL,
      place ${integer} NOT NULL,
      starts_at ${integer} NOT NULL,
      free_at ${integer} NOT NULL,
      PRIMARY KEY (name, place)
    )${ending};
  `;
}

export const requestWindowsMigration: Migration = {
  name: 'request-windows',
  up(connection) {
    connection.exec(statements('INTEGER', ' STRICT, WITHOUT ROWID'));
  },
  upPostgres(connection) {
    connection.exec(statements('bigint', '').replaceAll(' TEXT', ' text COLLATE "C"'));
  },
};
