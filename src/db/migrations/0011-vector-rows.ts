/**
 * Moves vectors to a table with row ids. Without row ids, rows are stored in the index, where long rows
 * overflow to pages of their own: 200 candidates took more than twice as long to read.
 */
import type { Migration } from '../migration.ts';

export const vectorRowsMigration: Migration = {
  name: 'vector-rows',
  up(connection) {
    connection.exec(`
      CREATE TABLE vector_rows (
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        model INTEGER NOT NULL,
        packed BLOB NOT NULL,
        PRIMARY KEY (paper, model)
      ) STRICT;
    `);
    // Each model in the order of the old key: sorted all at once they would have to fit into the system's
    // temporary folder.
    const move = connection.prepare<[number]>(
      'INSERT INTO vector_rows SELECT paper, model, packed FROM paper_vectors WHERE model = ? ORDER BY paper',
    );
    for (const model of connection.prepare<[], number>('SELECT id FROM embedding_models').pluck().all())
      move.run(model);
    connection.exec(`
      DROP TABLE paper_vectors;
      ALTER TABLE vector_rows RENAME TO paper_vectors;
    `);
  },
};
