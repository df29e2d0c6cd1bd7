/** The ledger of posts, and the progress of planning. */
import type { Migration } from '../migration.ts';

export const deliveriesMigration: Migration = {
  name: 'deliveries',
  up(connection) {
    connection.exec(`
      -- Instants are milliseconds since 1970.
      CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        feed TEXT NOT NULL,
        -- In the feed's own zone.
        day TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('root', 'paper', 'late')),
        -- Empty for a root.
        paper TEXT NOT NULL DEFAULT '',
        -- Of a reply in its thread, from 1; 0 for a root.
        position INTEGER NOT NULL DEFAULT 0,
        root INTEGER REFERENCES deliveries (id) ON DELETE CASCADE,
        key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN
          ('planned', 'sending', 'posted', 'threaded', 'done', 'skipped', 'disabled', 'parked')),
        reason TEXT,
        due INTEGER NOT NULL,
        -- When it should be out: the due time, or later while its list is waited for.
        expected INTEGER NOT NULL,
        -- 1 while there is something to do about this row itself.
        ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
        -- Nobody may claim it earlier: the end of a lease, or of a wait.
        not_before INTEGER NOT NULL DEFAULT 0,
        owner TEXT,
        attempt INTEGER NOT NULL DEFAULT 0,
        -- 1 when an earlier request may have been carried out.
        unsure INTEGER NOT NULL DEFAULT 0,
        first_try INTEGER,
        last_try INTEGER,
        refusals INTEGER NOT NULL DEFAULT 0,
        title TEXT,
        -- Frozen before the first try, so that every try sends the same.
        card TEXT,
        -- A JSON array of the papers that count as posted with this root.
        papers TEXT,
        message TEXT,
        -- Where replies to a root go.
        thread TEXT,
        posted_at INTEGER,
        refresh_at INTEGER,
        UNIQUE (platform, workspace, channel, feed, day, kind, paper)
      ) STRICT;
      CREATE INDEX deliveries_ready ON deliveries (platform, workspace) WHERE ready = 1;
      CREATE INDEX deliveries_by_root ON deliveries (root, position) WHERE root IS NOT NULL;
      CREATE INDEX deliveries_by_due ON deliveries (due);
      CREATE INDEX deliveries_parked ON deliveries (due) WHERE state = 'parked';
      CREATE INDEX deliveries_to_refresh ON deliveries (refresh_at) WHERE refresh_at IS NOT NULL;
      CREATE INDEX deliveries_with_card ON deliveries (due) WHERE card IS NOT NULL;

      -- One row: every slot up to this instant has its row in the ledger.
      CREATE TABLE delivery_horizon (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        planned_until INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
