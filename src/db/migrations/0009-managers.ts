/** Allowed managers, workspaces of stored lines, and removed workspaces, for which triggers drop new rows. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

/** Every table with a workspace column. A later table needs the same trigger. */
const OF_WORKSPACE = [
  'asked_posts',
  'bare_links',
  'deliveries',
  'feed_ids',
  'feed_managers',
  'feeds',
  'line_workspaces',
  'model_calls',
  'posted_papers',
  'reaction_saves',
  'saves',
  'shown_papers',
];

export const managersMigration: Migration = {
  name: 'managers',
  up(connection) {
    connection.exec(`
      -- Named by those who manage the channel by the platform's word.
      CREATE TABLE feed_managers (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        person TEXT NOT NULL,
        -- As the platform wrote it when they were named: for people to read, and for nothing else.
        name TEXT NOT NULL,
        named_by TEXT NOT NULL,
        named_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, channel, person)
      ) STRICT, WITHOUT ROWID;

      -- Where the buttons stand that hold a line's key. The same words make the same key everywhere.
      CREATE TABLE line_workspaces (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX line_workspaces_by_key ON line_workspaces (key);
      -- Nobody knows of whom the lines are that are there already: they stay.
      INSERT INTO line_workspaces (platform, workspace, key) SELECT '', '', key FROM button_lines;

      -- Forgotten a moment ago: work that was under way then must leave nothing behind.
      CREATE TABLE gone_workspaces (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        -- Milliseconds since 1970.
        at INTEGER NOT NULL,
        PRIMARY KEY (platform, workspace)
      ) STRICT, WITHOUT ROWID;
    `);
    ignoreGoneWorkspaces(connection, OF_WORKSPACE);
  },
};
