/** Notes, tags and the reading state of saved papers, and the addresses of lists. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const libraryMigration: Migration = {
  name: 'library',
  up(connection) {
    connection.exec(`
      -- One row for a saved paper with a note, a tag or a state; only its person sees note and state.
      CREATE TABLE save_details (
        -- Row of the note in the index.
        pk INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        note TEXT NOT NULL DEFAULT '',
        -- The note as it is searched.
        words TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'reading', 'read')),
        updated_at TEXT NOT NULL,
        UNIQUE (platform, workspace, person, paper)
      ) STRICT;
      CREATE INDEX save_details_by_paper ON save_details (paper);

      CREATE TABLE save_tags (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, person, paper, tag)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX save_tags_by_tag ON save_tags (tag, platform, workspace, person);
      CREATE INDEX save_tags_by_paper ON save_tags (paper);

      -- Its content is in save_details. Triggers also keep it right where rows go with their paper or person.
      CREATE VIRTUAL TABLE notes_fts USING fts5 (
        words, content = 'save_details', content_rowid = 'pk',
        tokenize = 'porter unicode61 remove_diacritics 2'
      );
      -- Removes the words of a deleted note at once, not when segments are merged.
      INSERT INTO notes_fts (notes_fts, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER notes_added AFTER INSERT ON save_details WHEN NEW.words <> '' BEGIN
        INSERT INTO notes_fts (rowid, words) VALUES (NEW.pk, NEW.words);
      END;
      CREATE TRIGGER notes_removed AFTER DELETE ON save_details WHEN OLD.words <> '' BEGIN
        INSERT INTO notes_fts (notes_fts, rowid, words) VALUES ('delete', OLD.pk, OLD.words);
      END;
      CREATE TRIGGER notes_changed AFTER UPDATE OF words ON save_details WHEN OLD.words <> NEW.words BEGIN
        INSERT INTO notes_fts (notes_fts, rowid, words)
          SELECT 'delete', OLD.pk, OLD.words WHERE OLD.words <> '';
        INSERT INTO notes_fts (rowid, words) SELECT NEW.pk, NEW.words WHERE NEW.words <> '';
      END;

      -- Addresses of lists. Who knows the token can read the list, so only its hash is here.
      CREATE TABLE list_links (
        hash BLOB PRIMARY KEY,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        team TEXT NOT NULL,
        query TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX list_links_by_person ON list_links (platform, workspace, person);
    `);
    ignoreGoneWorkspaces(connection, ['save_details', 'save_tags', 'list_links']);
  },
};
