/** Papers that messages show, reactions that saved them, and lines that are too long for a button. */
import type { Migration } from '../migration.ts';

export const messagesMigration: Migration = {
  name: 'messages',
  up(connection) {
    connection.exec(`
      CREATE TABLE shown_papers (
        platform TEXT NOT NULL,
        channel TEXT NOT NULL,
        message TEXT NOT NULL,
        -- In a list; 0 where the message stands for this paper alone.
        number INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        workspace TEXT NOT NULL,
        shown_at TEXT NOT NULL,
        PRIMARY KEY (platform, channel, message, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX shown_papers_by_time ON shown_papers (platform, shown_at);
      CREATE INDEX shown_papers_by_paper ON shown_papers (paper);

      -- Reactions that stand: taking one back takes back what it did, no more.
      CREATE TABLE reaction_saves (
        platform TEXT NOT NULL,
        channel TEXT NOT NULL,
        message TEXT NOT NULL,
        person TEXT NOT NULL,
        emoji TEXT NOT NULL,
        workspace TEXT NOT NULL,
        team TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        -- 0 when the paper was on the person's list before.
        saved INTEGER NOT NULL,
        PRIMARY KEY (platform, channel, message, person, emoji)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reaction_saves_by_paper ON reaction_saves (paper, person);

      CREATE TABLE button_lines (
        key TEXT PRIMARY KEY,
        line TEXT NOT NULL,
        kept_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
