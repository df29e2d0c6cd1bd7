/** Packed term vectors, and dense vectors by one model or, while it is replaced, two. */
import type { Migration } from '../migration.ts';

export const embeddingsMigration: Migration = {
  name: 'embeddings',
  up(connection) {
    connection.exec(`
      CREATE TABLE embedding_models (
        id INTEGER PRIMARY KEY,
        -- 'words' packs what BM25 reads; the others place papers by meaning.
        maker TEXT NOT NULL CHECK (maker IN ('words', 'built-in', 'endpoint', 'local')),
        name TEXT NOT NULL,
        -- 0 for words, whose vectors are sparse.
        dimensions INTEGER NOT NULL,
        -- A model that is being built does not answer questions before every paper has its vector.
        state TEXT NOT NULL CHECK (state IN ('building', 'serving')),
        -- How many papers there were when it was begun.
        papers INTEGER NOT NULL,
        -- What the built-in embedder learned.
        learned BLOB,
        -- The part of a score that is closeness in meaning.
        share REAL NOT NULL,
        -- Every paper up to this key has been looked at: new ones come above it, changed ones take it back.
        reached INTEGER NOT NULL DEFAULT 0,
        begun_at TEXT NOT NULL
      ) STRICT;
      -- One that serves and one that is to replace it.
      CREATE UNIQUE INDEX embedding_models_by_state ON embedding_models (state, maker = 'words');
      INSERT INTO embedding_models (maker, name, dimensions, state, papers, share, begun_at)
        VALUES ('words', 'words-1', 0, 'serving', 0, 0, '');

      -- A paper whose words change loses its rows in the same transaction. The rows of a model that was replaced are
      -- swept in slices: a reference would remove a million of them at once.
      CREATE TABLE paper_vectors (
        paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
        model INTEGER NOT NULL,
        packed BLOB NOT NULL,
        PRIMARY KEY (paper, model)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
