/** Messages to one person or about one thing, in the ledger of posts, and the people who get them. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

const COLUMNS = `id, platform, workspace, channel, feed, day, kind, paper, position, root, key, state, reason, due,
  expected, ready, not_before, owner, attempt, unsure, first_try, last_try, refusals, title, card, papers, message,
  thread, posted_at, refresh_at, message_channel`;

export const noticesMigration: Migration = {
  name: 'notices',
  up(connection) {
    // SQLite cannot change a CHECK. The new table refers to itself, so that dropping the old one does not
    // cascade to it.
    connection.exec(`
      CREATE TABLE deliveries_with_notices (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        -- Of a notice to a person: @ and the id of the recipient.
        channel TEXT NOT NULL,
        -- Of a notice: its topic.
        feed TEXT NOT NULL,
        -- Of a notice: the minute at which it is due, in UTC.
        day TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('root', 'paper', 'late', 'notice')),
        paper TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0,
        root INTEGER REFERENCES deliveries_with_notices (id) ON DELETE CASCADE,
        key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN
          ('planned', 'sending', 'posted', 'threaded', 'done', 'skipped', 'disabled', 'parked')),
        reason TEXT,
        due INTEGER NOT NULL,
        expected INTEGER NOT NULL,
        ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
        not_before INTEGER NOT NULL DEFAULT 0,
        owner TEXT,
        attempt INTEGER NOT NULL DEFAULT 0,
        unsure INTEGER NOT NULL DEFAULT 0,
        first_try INTEGER,
        last_try INTEGER,
        refusals INTEGER NOT NULL DEFAULT 0,
        title TEXT,
        card TEXT,
        papers TEXT,
        message TEXT,
        thread TEXT,
        posted_at INTEGER,
        refresh_at INTEGER,
        message_channel TEXT,
        UNIQUE (platform, workspace, channel, feed, day, kind, paper)
      ) STRICT;
      INSERT INTO deliveries_with_notices (${COLUMNS}) SELECT ${COLUMNS} FROM deliveries;
      DROP TABLE deliveries;
      ALTER TABLE deliveries_with_notices RENAME TO deliveries;
      CREATE INDEX deliveries_ready ON deliveries (platform, workspace) WHERE ready = 1;
      CREATE INDEX deliveries_by_root ON deliveries (root, position) WHERE root IS NOT NULL;
      CREATE INDEX deliveries_by_due ON deliveries (due);
      CREATE INDEX deliveries_parked ON deliveries (due) WHERE state = 'parked';
      CREATE INDEX deliveries_to_refresh ON deliveries (refresh_at) WHERE refresh_at IS NOT NULL;
      CREATE INDEX deliveries_with_card ON deliveries (due) WHERE card IS NOT NULL;

      -- Apart from the ledger, whose rows are too many to overwrite when a person is forgotten.
      CREATE TABLE recipients (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        UNIQUE (platform, workspace, person)
      ) STRICT;
    `);
    // Dropping the old table dropped its trigger.
    ignoreGoneWorkspaces(connection, ['deliveries', 'recipients']);
  },
};
