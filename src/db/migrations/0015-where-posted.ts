/** Adds the channel of a posted message. In a forum it differs from the one that it was posted to. */
import type { Migration } from '../migration.ts';

export const wherePostedMigration: Migration = {
  name: 'where-posted',
  up(connection) {
    connection.exec(`
      -- With the message, its address as the platform gave it; NULL for a message from before this column.
      ALTER TABLE deliveries ADD COLUMN message_channel TEXT;
    `);
  },
};
