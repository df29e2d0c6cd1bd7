/** Installations of workspaces, and events that were handled and must not be handled twice. */
import type { Migration } from '../migration.ts';

export const workspacesMigration: Migration = {
  name: 'workspaces',
  up(connection) {
    connection.exec(`
      -- Platforms deliver again what they are not sure of.
      CREATE TABLE handled_events (
        platform TEXT NOT NULL,
        key TEXT NOT NULL,
        -- Milliseconds since 1970.
        at INTEGER NOT NULL,
        PRIMARY KEY (platform, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX handled_events_by_time ON handled_events (at);

      CREATE TABLE installations (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        -- Encrypted: whoever reads it can speak as the bot.
        sealed BLOB NOT NULL,
        installed_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace)
      ) STRICT, WITHOUT ROWID;

      -- Channels in which links to papers are left as they are.
      CREATE TABLE bare_links (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
