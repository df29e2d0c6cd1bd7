/** Puts digests that are due at the same time in the order of their teams, which share lists. */
import type { Migration } from '../migration.ts';

export const inboxOrderMigration: Migration = {
  name: 'inbox-order',
  up(connection) {
    connection.exec(`
      DROP INDEX inboxes_due;
      CREATE INDEX inboxes_due ON inboxes (next_at, team, id) WHERE next_at IS NOT NULL;
    `);
  },
};
