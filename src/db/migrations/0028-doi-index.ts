/** Adds an index of DOIs, for the DOIs that people paste. */
import type { Migration } from '../migration.ts';

export const doiIndexMigration: Migration = {
  name: 'doi-index',
  up(connection) {
    connection.exec('CREATE INDEX papers_by_doi ON papers (lower(doi)) WHERE doi IS NOT NULL');
  },
};
