/** Records whether the word index still has entries of papers that were indexed again. */
import type { Migration } from '../migration.ts';

export const mergedIndexMigration: Migration = {
  name: 'merged-index',
  up(connection) {
    connection.exec(`
      ALTER TABLE index_form ADD COLUMN is_merged INTEGER NOT NULL DEFAULT 1 CHECK (is_merged IN (0, 1));
      UPDATE index_form SET is_merged = (last = 0);
    `);
  },
};
