/** What the manager of a feed was told does not work, so that they hear of it once. */
import type { Migration } from '../migration.ts';

export const warnedFeedsMigration: Migration = {
  name: 'warned-feeds',
  up(connection) {
    connection.exec('ALTER TABLE feeds ADD COLUMN warned TEXT');
  },
};
