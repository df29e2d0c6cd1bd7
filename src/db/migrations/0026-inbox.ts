/** Digests that people get by private message, and the papers that they have shown. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const inboxMigration: Migration = {
  name: 'inbox',
  up(connection) {
    connection.exec(`
      CREATE TABLE inboxes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        -- The list of saved papers that counts as the team's.
        team TEXT NOT NULL,
        pace TEXT NOT NULL,
        -- 1 is Monday; for a weekly digest.
        weekday INTEGER NOT NULL,
        time TEXT NOT NULL,
        zone TEXT NOT NULL,
        -- Parts that the person left out, as a JSON array.
        left_out TEXT NOT NULL,
        -- The newest change that was told, or that was there when the digest began.
        changes_seen INTEGER NOT NULL,
        -- The last digest, or when it began. Milliseconds since 1970, like next_at.
        since INTEGER NOT NULL,
        -- NULL when the digest is off.
        next_at INTEGER,
        UNIQUE (platform, workspace, person)
      ) STRICT;
      CREATE INDEX inboxes_due ON inboxes (next_at, id) WHERE next_at IS NOT NULL;

      -- The person's name is in inboxes only. No reference to it: tables are rewritten to erase people.
      CREATE TABLE inbox_papers (
        inbox INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        PRIMARY KEY (inbox, paper)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX inbox_papers_by_paper ON inbox_papers (paper);
    `);
    ignoreGoneWorkspaces(connection, ['inboxes']);
  },
};
