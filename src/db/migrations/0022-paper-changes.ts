/** Changes of papers that somebody saved or that were posted, and when saved papers were last checked. */
import type { Migration } from '../migration.ts';

export const paperChangesMigration: Migration = {
  name: 'paper-changes',
  up(connection) {
    connection.exec(`
      CREATE TABLE paper_changes (
        -- Readers store the last id that they read, so an id is never used again.
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        seen_at TEXT NOT NULL,
        -- Of the paper after the change.
        version INTEGER,
        -- A JSON array.
        what TEXT NOT NULL,
        sentence TEXT NOT NULL
      ) STRICT;
      CREATE INDEX paper_changes_by_paper ON paper_changes (paper, seen_at);

      CREATE TABLE paper_checks (
        paper INTEGER PRIMARY KEY REFERENCES papers (pk) ON DELETE CASCADE,
        checked_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
