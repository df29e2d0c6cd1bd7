/** Links stored lines to people, hashes keys of handled events, and erases deleted rows from older files. */
import { createHash } from 'node:crypto';
import { overwriteFreePages, rewriteTables } from '../erase.ts';
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

/** Tables from which people were deleted before the bytes were erased. */
const PERSONAL = ['saves', 'reaction_saves', 'feed_managers', 'feeds', 'model_calls', 'button_lines'];

export const erasingMigration: Migration = {
  name: 'erasing',
  up(connection) {
    connection.exec(`
      -- The people for whom a line was kept. Nobody knows of whom the lines are that are there already: they stay.
      CREATE TABLE line_people (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (platform, workspace, person, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX line_people_by_key ON line_people (key);
      CREATE INDEX button_lines_by_time ON button_lines (kept_at);
    `);
    ignoreGoneWorkspaces(connection, ['line_people']);
    const events = connection.prepare<[], { platform: string; key: string; at: number }>(
      'SELECT platform, key, at FROM handled_events',
    );
    const add = connection.prepare<[string, string, number]>('INSERT INTO handled_events VALUES (?, ?, ?)');
    const known = events.all();
    connection.exec('DELETE FROM handled_events');
    for (const { platform, key, at } of known) add.run(platform, hashOf(key), at);
    rewriteTables(connection, PERSONAL);
    overwriteFreePages(connection);
  },
};

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
