/** Libraries in Zotero that people connected, and their items. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

/** Tables whose rows must not be inserted for a workspace that removed the bot. */
const OF_WORKSPACE = ['zotero_connections', 'zotero_items'];

export const zoteroMigration: Migration = {
  name: 'zotero',
  up(connection) {
    connection.exec(`
      -- One library of each person.
      CREATE TABLE zotero_connections (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        -- New for each time that the person connects, so that a sync that began before writes nothing.
        token TEXT NOT NULL,
        -- Papers that come in are saved in this team.
        team TEXT NOT NULL,
        -- Encrypted key.
        sealed BLOB NOT NULL,
        account TEXT NOT NULL,
        -- users/123 or groups/456.
        library TEXT NOT NULL,
        library_name TEXT NOT NULL,
        -- Its key; chosen before the collection is created.
        collection TEXT NOT NULL,
        collection_name TEXT NOT NULL,
        is_created INTEGER NOT NULL,
        -- asked: waits for a yes. on. stopped: needs the person.
        state TEXT NOT NULL,
        -- A sentence for the person, while something is wrong.
        problem TEXT,
        -- Version of the library when everything in it had been read.
        version INTEGER NOT NULL,
        -- Counts changes to the person's saves; the triggers below add to it.
        changes INTEGER NOT NULL,
        synced_changes INTEGER NOT NULL,
        -- Instants in milliseconds since 1970: of the next sync, and before which Zotero wants no request.
        next_at INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        synced_at TEXT,
        PRIMARY KEY (platform, workspace, person)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX zotero_connections_by_time ON zotero_connections (state, next_at);

      CREATE TABLE zotero_items (
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        -- Zotero's key, or our own for an item that is being created.
        item TEXT NOT NULL,
        -- NULL for an item that is no paper.
        paper INTEGER REFERENCES papers (pk),
        -- 0 until Zotero has confirmed an item that we create.
        version INTEGER NOT NULL,
        -- 1 if the item was in the collection when both sides were last in agreement.
        present INTEGER NOT NULL,
        -- The tags then, a JSON array.
        tags TEXT NOT NULL,
        -- Time of the save then.
        saved_at TEXT,
        PRIMARY KEY (platform, workspace, person, item)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX zotero_items_by_paper ON zotero_items (paper);
    `);
    ignoreGoneWorkspaces(connection, OF_WORKSPACE);
    for (const table of ['saves', 'save_tags']) {
      for (const [event, row] of [
        ['INSERT', 'NEW'],
        ['DELETE', 'OLD'],
      ]) {
        connection.exec(`
          CREATE TRIGGER ${table}_${event?.toLowerCase()}_for_zotero AFTER ${event} ON ${table}
          BEGIN
            UPDATE zotero_connections SET changes = changes + 1
            WHERE platform = ${row}.platform AND workspace = ${row}.workspace AND person = ${row}.person;
          END;
        `);
      }
    }
  },
};
