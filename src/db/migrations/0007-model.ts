/** Generated text, to avoid repeated calls, and the number of calls. */
import type { Migration } from '../migration.ts';

export const modelMigration: Migration = {
  name: 'model',
  up(connection) {
    connection.exec(`
      CREATE TABLE summaries (
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        level TEXT NOT NULL,
        model TEXT NOT NULL,
        -- Of the instructions: others make another summary.
        prompt TEXT NOT NULL,
        -- Of the title and abstract that were summed up: a new version takes the place of the old one.
        version TEXT NOT NULL,
        points TEXT NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (paper, level, model, prompt)
      ) STRICT, WITHOUT ROWID;

      -- Of today alone: earlier days are forgotten.
      CREATE TABLE model_calls (
        day TEXT NOT NULL,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        calls INTEGER NOT NULL,
        PRIMARY KEY (day, platform, workspace, person)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
