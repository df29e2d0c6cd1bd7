/** Watches, the papers that they found, and the queue of new papers. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

/** True for a paper that was published within two weeks before it was stored. */
const IS_RECENT = `(
  CASE WHEN length(NEW.published) >= 10 THEN NEW.published >= date(NEW.added_at, '-14 days')
  -- Announcements of cross-listed papers have no date, and some files only a year; the id has the month.
  ELSE NEW.id GLOB '[0-9][0-9][0-9][0-9].[0-9]*'
    AND '20' || substr(NEW.id, 1, 4) >= strftime('%Y%m', NEW.added_at, '-14 days') END)`;

export const watchesMigration: Migration = {
  name: 'watches',
  up(connection) {
    connection.exec(`
      CREATE TABLE watches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        platform TEXT NOT NULL,
        -- Of the channel, or of the person if there is none.
        workspace TEXT NOT NULL,
        -- Empty for a watch of a person.
        channel TEXT NOT NULL,
        -- Empty for a watch of a channel.
        person TEXT NOT NULL,
        -- Who added a channel's watch.
        manager TEXT,
        -- The terms in a normal form: the same watch is stored once.
        key TEXT NOT NULL,
        terms TEXT NOT NULL,
        pace TEXT NOT NULL,
        zone TEXT NOT NULL,
        paused INTEGER NOT NULL,
        -- The newest number of the queue when the watch began. Papers up to it are old.
        since INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        UNIQUE (platform, workspace, channel, person, key)
      ) STRICT;

      -- Counts changes of watches, so that an index of them knows whether it is up to date.
      CREATE TABLE watch_revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
      INSERT INTO watch_revision VALUES (1, 0);

      -- Whose it is stands in watches only. No reference to them: tables are rewritten to erase people.
      CREATE TABLE watch_hits (
        watch INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        found_at TEXT NOT NULL,
        -- Milliseconds since 1970.
        due INTEGER NOT NULL,
        why TEXT NOT NULL,
        told_at TEXT,
        PRIMARY KEY (watch, paper)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX watch_hits_by_paper ON watch_hits (paper);
      CREATE INDEX watch_hits_waiting ON watch_hits (due) WHERE told_at IS NULL;

      -- Papers that no watch has seen yet. A number is never used again; the key of a deleted paper is.
      CREATE TABLE new_papers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX new_papers_by_paper ON new_papers (paper);

      CREATE TRIGGER new_papers_added AFTER INSERT ON papers WHEN ${IS_RECENT}
      BEGIN INSERT INTO new_papers (paper) VALUES (NEW.pk); END;
      -- Known by its title alone until now, and new.
      CREATE TRIGGER new_papers_read AFTER UPDATE OF abstract ON papers
      WHEN OLD.abstract = '' AND NEW.abstract <> '' AND ${IS_RECENT}
      BEGIN INSERT INTO new_papers (paper) VALUES (NEW.pk); END;
      -- Listed today although it is older: new to those who read the lists.
      CREATE TRIGGER new_papers_listed AFTER INSERT ON appearances
      WHEN NOT EXISTS (SELECT 1 FROM new_papers WHERE paper = NEW.paper)
      BEGIN
        INSERT INTO new_papers (paper) SELECT pk FROM papers WHERE pk = NEW.paper
          AND length(published) >= 10 AND published < date(added_at, '-14 days')
          AND NEW.day BETWEEN date(added_at, '-14 days') AND date(added_at, '+2 days');
      END;
    `);
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      connection.exec(`
        CREATE TRIGGER watches_after_${event.toLowerCase()} AFTER ${event} ON watches
        BEGIN UPDATE watch_revision SET number = number + 1; END;
      `);
    }
    ignoreGoneWorkspaces(connection, ['watches']);
  },
};
