/** Counts of papers that only continue from the last one, because counting all reads whole indexes. */
import type { Migration } from '../migration.ts';

export const paperCountsMigration: Migration = {
  name: 'paper-counts',
  up(connection) {
    connection.exec(`
      CREATE TABLE paper_counts (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        -- Keys below the newest one that no paper has.
        gaps INTEGER NOT NULL,
        -- category_counts has the papers up to this key.
        counted_to INTEGER NOT NULL
      ) STRICT;
      INSERT INTO paper_counts SELECT 1, coalesce(max(pk), 0) - count(*), 0 FROM papers;

      CREATE TABLE category_counts (
        category TEXT PRIMARY KEY,
        papers INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
