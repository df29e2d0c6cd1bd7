/** Hashes of people whose data was deleted, so that their old reactions are ignored. */
import type { Migration } from '../migration.ts';

export const forgottenPeopleMigration: Migration = {
  name: 'forgotten-people',
  up(connection) {
    connection.exec(`
      -- For as long as reactions are looked up after downtime.
      CREATE TABLE forgotten_people (
        -- In place of who they are: of platform, workspace and person.
        digest BLOB PRIMARY KEY,
        forgotten_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
