/** The place of each harvest of arXiv's metadata, and what arXiv's daily feeds announced. */
import type { Migration } from '../migration.ts';

export const harvestsMigration: Migration = {
  name: 'harvests',
  up(connection) {
    connection.exec(`
      CREATE TABLE harvests (
        -- 'all', 'all cs', 'news cs:cs:LG'.
        name TEXT PRIMARY KEY,
        phase TEXT NOT NULL CHECK (phase IN ('list', 'check', 'fetch', 'rest')),
        -- The list that is being read: its first day (NULL for all), and the token of its next page.
        from_day TEXT,
        token TEXT,
        token_until TEXT,
        -- The server's day when the list began. The next list begins there.
        list_day TEXT,
        -- The last day seen on the list's pages.
        seen_day TEXT,
        -- Times in a row that the list began again without getting further.
        stalls INTEGER NOT NULL DEFAULT 0,
        -- Times that the check found too many missing papers to request one by one.
        rounds INTEGER NOT NULL DEFAULT 0,
        -- Records of this list so far, all of them if the server says, and the time that reading them took.
        read INTEGER NOT NULL DEFAULT 0,
        size INTEGER,
        busy_ms INTEGER NOT NULL DEFAULT 0,
        -- The papers that changed from since (NULL for all) to complete_to are stored.
        since TEXT,
        complete_to TEXT,
        completed_at TEXT
      ) STRICT, WITHOUT ROWID;

      -- Papers that a list of IDs has and the store has not.
      CREATE TABLE harvest_missing (
        harvest TEXT NOT NULL,
        day TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (harvest, day, id)
      ) STRICT, WITHOUT ROWID;

      -- One row for each day of a daily feed.
      CREATE TABLE announcements (
        feed TEXT NOT NULL,
        day TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        entries INTEGER NOT NULL,
        -- Of the IDs of its new papers; empty if there are none.
        fingerprint TEXT NOT NULL,
        problem TEXT CHECK (problem IN ('repeated', 'cut', 'missing', 'unreadable')),
        made_good_at TEXT,
        PRIMARY KEY (feed, day)
      ) STRICT, WITHOUT ROWID;

      -- Papers announced since the last poll are caught up.
      INSERT INTO harvests (name, phase, complete_to)
      SELECT 'news', 'rest', substr(fetched_at, 1, 10) FROM source_state
      WHERE source = 'arxiv' AND key = 'daily' AND fetched_at IS NOT NULL;
    `);
  },
};
