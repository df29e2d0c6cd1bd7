/** Saves belong to the server or workspace that they were made in, no longer to one list for everyone. */
import type { Migration } from '../migration.ts';

export const teamsByServerMigration: Migration = {
  name: 'teams-by-server',
  up(connection) {
    // On Slack and in the terminal, each person has one workspace. On Discord, a person has the same id on
    // every server: see `adopt` in `library-store.ts`.
    const isKnown = `platform IN ('slack', 'terminal') AND team = 'local'`;
    connection.exec(`
      UPDATE OR IGNORE saves SET team = platform || ':' || workspace WHERE ${isKnown};
      -- The same person saved what is left under both names.
      DELETE FROM saves WHERE ${isKnown};
      UPDATE reaction_saves SET team = platform || ':' || workspace WHERE ${isKnown};
      CREATE INDEX saves_by_person ON saves (platform, workspace, person, saved_at);
    `);
  },
};
