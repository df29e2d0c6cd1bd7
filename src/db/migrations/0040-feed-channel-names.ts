/** Names of channels with feeds. A platform tells none of a channel that the bot can no longer see. */
import type { Migration } from '../migration.ts';

export const feedChannelNamesMigration: Migration = {
  name: 'feed-channel-names',
  up(connection) {
    connection.exec('ALTER TABLE feeds ADD COLUMN channel_name TEXT');
  },
};
