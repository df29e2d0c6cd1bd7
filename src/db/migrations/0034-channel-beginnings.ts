/** The origin of the subjects that a channel started from: its name or its topic. */
import type { Migration } from '../migration.ts';

export const channelBeginningsMigration: Migration = {
  name: 'channel-beginnings',
  up(connection) {
    connection.exec(`
      -- Of a subject that the channel started from; NULL for one that a manager named.
      ALTER TABLE channel_subjects ADD COLUMN origin TEXT CHECK (origin IN ('name', 'topic'));
      UPDATE channel_subjects SET origin = 'name' WHERE kind = 'start';
    `);
  },
};
