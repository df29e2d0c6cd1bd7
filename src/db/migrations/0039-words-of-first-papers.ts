/** FTS5 keeps the words of the first papers only; those of others are deleted in the background. */
import type { Migration } from '../migration.ts';

/** `INDEXED_FROM` when this was written. */
const KEPT = 5_000;

export const wordsOfFirstPapersMigration: Migration = {
  name: 'words-of-first-papers',
  up(connection) {
    const { changes } = connection
      .prepare(
        `UPDATE index_form SET reached = min(reached, ?), last = (SELECT max(pk) FROM papers), is_merged = 0
         WHERE (SELECT max(pk) FROM papers) > ?`,
      )
      .run(KEPT, KEPT);
    // The merge at the end drops all deleted entries at once, in half the time.
    if (changes > 0) connection.exec(`INSERT INTO papers_fts (papers_fts, rank) VALUES ('deletemerge', 0)`);
  },
};
