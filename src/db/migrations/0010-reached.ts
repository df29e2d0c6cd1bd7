/** How far vectors have come, to be asked for each paper that is written: without reading past a model of megabytes. */
import type { Migration } from '../migration.ts';

export const reachedMigration: Migration = {
  name: 'reached',
  up(connection) {
    connection.exec('CREATE INDEX embedding_models_by_reached ON embedding_models (reached);');
  },
};
