/** Progress of the vectors, in a small table that can be read for each paper that is written. */
import type { Migration } from '../migration.ts';

export const reachedMigration: Migration = {
  name: 'reached',
  up(connection) {
    connection.exec('CREATE INDEX embedding_models_by_reached ON embedding_models (reached);');
  },
};
