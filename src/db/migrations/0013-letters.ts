/** Adds a column for family names. Older papers are read again in the background: papers/reindex-store.ts. */
import type { Migration } from '../migration.ts';

export const lettersMigration: Migration = {
  name: 'letters',
  up(connection) {
    connection.exec('ALTER TABLE papers ADD COLUMN families TEXT;');
  },
};
