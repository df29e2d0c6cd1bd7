/** Papers that lost their vectors, so that one that changed does not have all later ones looked at again. */
import type { Migration } from '../migration.ts';

export const missingVectorsMigration: Migration = {
  name: 'missing-vectors',
  up(connection) {
    connection.exec(`
      -- Only of keys up to the model's reached, which never goes back. The rows of a model that was replaced
      -- are swept in slices.
      CREATE TABLE missing_vectors (
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        model INTEGER NOT NULL,
        PRIMARY KEY (paper, model)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX missing_vectors_by_model ON missing_vectors (model, paper);
    `);
  },
};
