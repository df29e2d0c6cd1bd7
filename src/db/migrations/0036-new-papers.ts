/** New papers are queued by the code that stores them, because triggers made FTS5 write each row alone. */
import type { Migration } from '../migration.ts';

export const newPapersMigration: Migration = {
  name: 'new-papers',
  up(connection) {
    connection.exec(`
      DROP TRIGGER new_papers_added;
      DROP TRIGGER new_papers_read;
      DROP TRIGGER new_papers_listed;
    `);
  },
};
