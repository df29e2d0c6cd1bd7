/** Records the form of the word index, so that papers in an older form are reindexed in the background. */
import type { Migration } from '../migration.ts';

export const indexFormMigration: Migration = {
  name: 'index-form',
  up(connection) {
    connection.exec(`
      CREATE TABLE index_form (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        -- The form in which papers are indexed now.
        form INTEGER NOT NULL,
        -- Papers with keys above this and up to the last may be indexed in an older form.
        reached INTEGER NOT NULL,
        last INTEGER NOT NULL,
        -- The same of papers whose texts were stored before LaTeX and entities were read.
        letters_reached INTEGER NOT NULL,
        letters_last INTEGER NOT NULL
      ) STRICT;
      INSERT INTO index_form SELECT 1, 1, 0, 0, 0, coalesce(max(pk), 0) FROM papers;
    `);
  },
};
