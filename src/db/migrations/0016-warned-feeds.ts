/** Adds the problem that a feed's manager was warned of, so that they are warned once. */
import type { Migration } from '../migration.ts';

export const warnedFeedsMigration: Migration = {
  name: 'warned-feeds',
  up(connection) {
    connection.exec('ALTER TABLE feeds ADD COLUMN warned TEXT');
  },
};
