/** Adds the progress of telling about changed papers, and settings of channels and people for it. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const toldChangesMigration: Migration = {
  name: 'told-changes',
  up(connection) {
    connection.exec(`
      -- Changes up to this one were told in threads, or are from before anything was told.
      CREATE TABLE told_changes (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;
      INSERT INTO told_changes SELECT 1, coalesce(max(id), 0) FROM paper_changes;

      -- Channels that turned these replies off.
      CREATE TABLE quiet_channels (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel)
      ) STRICT, WITHOUT ROWID;

      -- People who turned direct messages on.
      CREATE TABLE change_readers (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        zone TEXT NOT NULL,
        -- The last change of which they were told.
        told INTEGER NOT NULL,
        -- When they are told next, in milliseconds since 1970.
        due INTEGER NOT NULL,
        PRIMARY KEY (platform, workspace, person)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX deliveries_of_paper ON deliveries (paper) WHERE kind IN ('paper', 'late');
      CREATE INDEX paper_aliases_by_paper ON paper_aliases (paper);
    `);
    ignoreGoneWorkspaces(connection, ['quiet_channels', 'change_readers']);
  },
};
