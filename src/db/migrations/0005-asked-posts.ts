/** Extra digests requested by other processes. */
import type { Migration } from '../migration.ts';

export const askedPostsMigration: Migration = {
  name: 'asked-posts',
  up(connection) {
    connection.exec(`
      CREATE TABLE asked_posts (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        feed TEXT NOT NULL,
        -- Milliseconds since 1970.
        asked_at INTEGER NOT NULL,
        -- Asked again before it was posted, it is posted once.
        PRIMARY KEY (platform, workspace, channel, feed)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
