/** The papers whose words changed, in order, for the word index beside the database. */
import type { Migration } from '../migration.ts';

export const wordChangesMigration: Migration = {
  name: 'word-changes',
  up(connection) {
    connection.exec(`
      CREATE TABLE word_changes (
        -- The last row is never deleted, so no number is used again.
        id INTEGER PRIMARY KEY,
        -- Also of a paper that no longer exists.
        paper INTEGER NOT NULL,
        -- Random, so that an index of another database, or of a later state of it, is noticed.
        token INTEGER NOT NULL DEFAULT (random() >> 11)
      ) STRICT;
      INSERT INTO word_changes (paper) VALUES (0);
    `);
  },
};
