/** Adds opinions about recommendations, and a counter of changes of saves. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const tasteMigration: Migration = {
  name: 'taste',
  up(connection) {
    connection.exec(`
      -- Papers of which a person wants more or fewer like them.
      CREATE TABLE feedback (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        -- more or less.
        kind TEXT NOT NULL,
        given_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, person, paper)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX feedback_by_paper ON feedback (paper);

      -- Subjects that a person named.
      CREATE TABLE taste_subjects (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        -- The stems of its words: the same subject is stored once.
        key TEXT NOT NULL,
        subject TEXT NOT NULL,
        -- like or avoid.
        kind TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, person, key)
      ) STRICT, WITHOUT ROWID;

      -- One row for a person who turned recommendations off, or began anew.
      CREATE TABLE tastes (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        is_off INTEGER NOT NULL,
        -- Saves before this instant do not count. NULL when all count.
        since TEXT,
        PRIMARY KEY (platform, workspace, person)
      ) STRICT, WITHOUT ROWID;

      -- Counts changes of saves, so that what was read of them is read again.
      CREATE TABLE save_revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
      INSERT INTO save_revision VALUES (1, 0);
    `);
    for (const event of ['INSERT', 'DELETE']) {
      connection.exec(`
        CREATE TRIGGER saves_revised_after_${event.toLowerCase()} AFTER ${event} ON saves
        BEGIN UPDATE save_revision SET number = number + 1; END;
      `);
    }
    ignoreGoneWorkspaces(connection, ['feedback', 'taste_subjects', 'tastes']);
  },
};
