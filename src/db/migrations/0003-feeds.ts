/** Feeds of channels, and papers that were posted in them. */
import type { Migration } from '../migration.ts';

export const feedsMigration: Migration = {
  name: 'feeds',
  up(connection) {
    connection.exec(`
      CREATE TABLE feeds (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        id TEXT NOT NULL,
        -- JSON: FeedSettings.
        settings TEXT NOT NULL,
        manager TEXT,
        origin TEXT NOT NULL CHECK (origin IN ('command', 'file')),
        created_at TEXT NOT NULL,
        paused_until TEXT,
        disabled TEXT,
        PRIMARY KEY (platform, workspace, channel, id)
      ) STRICT, WITHOUT ROWID;

      -- How many feeds a channel ever had: an id that is gone is not given again, as deliveries are kept by it.
      CREATE TABLE feed_ids (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        given INTEGER NOT NULL,
        PRIMARY KEY (platform, workspace, channel)
      ) STRICT, WITHOUT ROWID;

      -- The first time that a channel had a paper, for each length of list: it is not posted there again.
      CREATE TABLE posted_papers (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        period TEXT NOT NULL,
        -- The feed's local day, and whether a person asked for that edition.
        day TEXT NOT NULL,
        feed TEXT NOT NULL,
        extra INTEGER NOT NULL,
        PRIMARY KEY (platform, workspace, channel, paper, period)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX posted_by_paper ON posted_papers (paper, platform, workspace);
    `);
  },
};
