/** Acts of people on papers in channels, and subjects that managers named: learned lists go by these. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const learnedFeedsMigration: Migration = {
  name: 'learned-feeds',
  up(connection) {
    connection.exec(`
      -- Saves, replies, reactions and dismissals in channels with feeds, and in their threads.
      CREATE TABLE channel_acts (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        person TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('saved', 'discussed', 'dismissed')),
        -- Of a reaction, so that it can be taken back. Otherwise empty.
        message TEXT NOT NULL,
        emoji TEXT NOT NULL,
        acted_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel, paper, person, kind, message, emoji)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX channel_acts_by_paper ON channel_acts (paper);
      CREATE INDEX channel_acts_by_message ON channel_acts (message) WHERE message <> '';

      -- Subjects that a manager pinned or banned, and what the channel started from: its name.
      CREATE TABLE channel_subjects (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        -- The stems of its words: the same subject is stored once.
        key TEXT NOT NULL,
        subject TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('pinned', 'banned', 'start')),
        said_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel, key)
      ) STRICT, WITHOUT ROWID;

      -- Channels that began anew. Posts before this instant do not count.
      CREATE TABLE channel_resets (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        reset_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel)
      ) STRICT, WITHOUT ROWID;

      -- To find the channel of a thread.
      CREATE INDEX deliveries_by_thread ON deliveries (thread) WHERE thread IS NOT NULL;

      -- Earlier saves by reaction count, too.
      INSERT OR IGNORE INTO channel_acts
        (platform, workspace, channel, paper, person, kind, message, emoji, acted_at)
      SELECT r.platform, r.workspace,
        coalesce((SELECT d.channel FROM deliveries d WHERE d.thread = r.channel AND d.platform = r.platform LIMIT 1),
          r.channel),
        r.paper, r.person, 'saved', r.message, r.emoji,
        coalesce((SELECT max(saved_at) FROM saves s WHERE s.paper = r.paper AND s.platform = r.platform
          AND s.person = r.person AND s.team = r.team), '1970-01-01T00:00:00.000Z')
      FROM reaction_saves r;
      DELETE FROM channel_acts WHERE NOT EXISTS (SELECT 1 FROM feeds f WHERE f.platform = channel_acts.platform
        AND f.workspace = channel_acts.workspace AND f.channel = channel_acts.channel);
    `);
    ignoreGoneWorkspaces(connection, ['channel_acts', 'channel_subjects', 'channel_resets']);
  },
};
