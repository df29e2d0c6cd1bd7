/** Papers, their trending lists and votes, saves, and the state of the sources. */
import type { Migration } from '../migration.ts';

export const papersMigration: Migration = {
  name: 'papers',
  up(connection) {
    connection.exec(`
      CREATE TABLE papers (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title_key TEXT NOT NULL,
        title TEXT NOT NULL,
        abstract TEXT NOT NULL,
        authors TEXT NOT NULL,
        categories TEXT NOT NULL,
        keywords TEXT NOT NULL,
        -- Position in SOURCES of the source whose words stand.
        text_rank INTEGER NOT NULL,
        version INTEGER,
        published TEXT,
        updated TEXT,
        comment TEXT,
        journal_ref TEXT,
        doi TEXT,
        venue TEXT,
        organization TEXT,
        project_url TEXT,
        code_url TEXT,
        code_stars INTEGER,
        thumbnail_url TEXT,
        on_hugging_face INTEGER NOT NULL DEFAULT 0,
        withdrawn_at TEXT,
        votes INTEGER,
        comments INTEGER,
        citations INTEGER,
        added_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX papers_by_title ON papers (title_key);
      CREATE INDEX papers_by_published ON papers (published);

      -- Ids that a paper had before another source brought its arXiv id.
      CREATE TABLE paper_aliases (
        alias TEXT PRIMARY KEY,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE paper_categories (
        category TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        PRIMARY KEY (category, paper)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE appearances (
        day TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        votes INTEGER NOT NULL,
        comments INTEGER NOT NULL,
        PRIMARY KEY (day, paper)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX appearances_by_paper ON appearances (paper);

      CREATE TABLE vote_snapshots (
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        at TEXT NOT NULL,
        votes INTEGER NOT NULL,
        comments INTEGER NOT NULL,
        stars INTEGER,
        PRIMARY KEY (paper, at)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE saves (
        team TEXT NOT NULL,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (team, platform, workspace, person, paper)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX saves_by_paper ON saves (paper);

      -- What a source was last asked, one row a list or query: for conditional requests, back-off and freshness.
      CREATE TABLE source_state (
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        etag TEXT,
        -- The last answer that could be used.
        fetched_at TEXT,
        next_at TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        PRIMARY KEY (source, key)
      ) STRICT, WITHOUT ROWID;

      -- How far an interrupted file import came.
      CREATE TABLE import_progress (
        file TEXT PRIMARY KEY,
        lines INTEGER NOT NULL,
        at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Without content: the words stand in papers already. Only the importer writes here, in the
      -- transaction that writes the paper; triggers would flush FTS5's memory at every row.
      CREATE VIRTUAL TABLE papers_fts USING fts5 (
        title, abstract, authors,
        tokenize = 'porter unicode61 remove_diacritics 2', content = '', contentless_delete = 1
      );
      INSERT INTO papers_fts (papers_fts, rank) VALUES ('rank', 'bm25(2.0, 1.0, 0.5)');
      -- Bytes: a whole batch is sorted in memory and written once, not at every megabyte.
      INSERT INTO papers_fts (papers_fts, rank) VALUES ('hashsize', 8388608);
      CREATE VIRTUAL TABLE papers_fts_terms USING fts5vocab (papers_fts, row);
    `);
  },
};
