/** Stores workspaces in the database. Runs in the store thread. */
import { createHash } from 'node:crypto';
import type { DatabaseConnection } from '../db/connection.ts';
import { emptyJournal } from '../db/erase.ts';
import { openForgetting } from './forget-store.ts';
import { openChannelMove } from './move-channel-store.ts';
import type { Installation, StoredInstallation, WorkspaceStore } from './workspaces.ts';

const REMEMBERED_MS = 86_400_000;

/** Milliseconds; longer than any work in progress. */
const GONE_MS = 3_600_000;

const INSTALLED = `SELECT workspace, sealed, installed_at AS installedAt,
    (SELECT count(*) FROM feeds WHERE feeds.platform = here.platform AND feeds.workspace = here.workspace) AS feeds
  FROM installations AS here WHERE platform = ?`;

export function openWorkspaceStore(connection: DatabaseConnection): WorkspaceStore {
  const forgetOld = connection.prepare<[number]>('DELETE FROM handled_events WHERE at < ?');
  const handle = connection.prepare<[{ platform: string; key: string; at: number; within: number }]>(
    `INSERT INTO handled_events (platform, key, at) VALUES (@platform, @key, @at)
     ON CONFLICT (platform, key) DO UPDATE SET at = @at WHERE handled_events.at < @at - @within`,
  );
  const install = connection.prepare<
    [{ platform: string; workspace: string; sealed: Uint8Array; at: string }]
  >(
    `INSERT INTO installations (platform, workspace, sealed, installed_at) VALUES (@platform, @workspace, @sealed, @at)
     ON CONFLICT (platform, workspace) DO UPDATE SET sealed = @sealed, installed_at = @at`,
  );
  const installation = connection.prepare<[string, string], StoredInstallation>(
    `${INSTALLED} AND workspace = ?`,
  );
  const installed = connection.prepare<[string], StoredInstallation>(
    `${INSTALLED} ORDER BY installed_at, workspace`,
  );
  const move = openChannelMove(connection);
  const forgetAll = openForgetting(connection);
  const markGone = connection.prepare<[{ platform: string; workspace: string; at: number }]>(
    `INSERT INTO gone_workspaces (platform, workspace, at) VALUES (@platform, @workspace, @at)
     ON CONFLICT (platform, workspace) DO UPDATE SET at = excluded.at`,
  );
  const welcome = connection.prepare<[string, string]>(
    'DELETE FROM gone_workspaces WHERE platform = ? AND workspace = ?',
  );
  const forgetGone = connection.prepare<[number]>('DELETE FROM gone_workspaces WHERE at < ?');
  const bare = connection.prepare<[string, string, string]>(
    'SELECT 1 FROM bare_links WHERE platform = ? AND workspace = ? AND channel = ?',
  );
  const addBare = connection.prepare<[string, string, string]>(
    'INSERT INTO bare_links (platform, workspace, channel) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const dropBare = connection.prepare<[string, string, string]>(
    'DELETE FROM bare_links WHERE platform = ? AND workspace = ? AND channel = ?',
  );

  const markSeen = connection.transaction(
    (platform: string, keys: readonly string[], at: number, within: number) => {
      forgetOld.run(at - REMEMBERED_MS);
      forgetGone.run(at - GONE_MS);
      const added = keys.map((key) => handle.run({ platform, key: hashOf(key), at, within }).changes);
      return added.every((changes) => changes === 1);
    },
  );
  const installNow = connection.transaction(
    (platform: string, { workspace, sealed }: Installation, at: string) => {
      welcome.run(platform, workspace);
      install.run({ platform, workspace, sealed, at });
    },
  );
  const forget = connection.transaction((platform: string, workspace: string, at: number) => {
    forgetAll(platform, workspace);
    markGone.run({ platform, workspace, at });
  });

  return {
    markSeen: async (platform, keys, at, within = REMEMBERED_MS) =>
      markSeen.immediate(platform, keys, at, within),
    install: async (platform, made, at) => installNow.immediate(platform, made, at),
    installation: async (platform, workspace) => installation.get(platform, workspace),
    installed: async (platform) => installed.all(platform),
    async forget(platform, workspace, at) {
      forget.immediate(platform, workspace, at);
      emptyJournal(connection);
    },
    welcome: async (platform, workspace) => void welcome.run(platform, workspace),
    moveChannel: async (platform, workspace, from, to, at) => move({ platform, workspace, from, to, at }),
    showsLinks: async (platform, workspace, channel) => bare.get(platform, workspace, channel) === undefined,
    showLinks: async (platform, workspace, channel, show) =>
      void (show ? dropBare : addBare).run(platform, workspace, channel),
  };
}

/** A key contains the IDs of channels and messages; its hash contains none. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
