/** Workspaces in the database. Runs in the thread that owns it. */
import type { Connection } from '../db/open.ts';
import type { Installation, WorkspaceStore } from './workspaces.ts';

const REMEMBERED_MS = 86_400_000;

/** Every table that names the workspace of a platform. Reactions before the saves that they made. */
const OF_WORKSPACE = [
  'installations',
  'bare_links',
  'reaction_saves',
  'shown_papers',
  'saves',
  'deliveries',
  'posted_papers',
  'asked_posts',
  'feeds',
  'feed_ids',
];

export function openWorkspaceStore(connection: Connection): WorkspaceStore {
  const forgetOld = connection.prepare<[number]>('DELETE FROM handled_events WHERE at < ?');
  const handle = connection.prepare<[{ platform: string; key: string; at: number }]>(
    'INSERT INTO handled_events (platform, key, at) VALUES (@platform, @key, @at) ON CONFLICT DO NOTHING',
  );
  const install = connection.prepare<
    [{ platform: string; workspace: string; sealed: Uint8Array; at: string }]
  >(
    `INSERT INTO installations (platform, workspace, sealed, installed_at) VALUES (@platform, @workspace, @sealed, @at)
     ON CONFLICT DO UPDATE SET sealed = @sealed, installed_at = @at`,
  );
  const installation = connection.prepare<[string, string], Installation>(
    'SELECT workspace, sealed FROM installations WHERE platform = ? AND workspace = ?',
  );
  const forgets = OF_WORKSPACE.map((table) =>
    connection.prepare<[string, string]>(`DELETE FROM ${table} WHERE platform = ? AND workspace = ?`),
  );
  const bare = connection.prepare<[string, string, string]>(
    'SELECT 1 FROM bare_links WHERE platform = ? AND workspace = ? AND channel = ?',
  );
  const addBare = connection.prepare<[string, string, string]>(
    'INSERT INTO bare_links (platform, workspace, channel) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const dropBare = connection.prepare<[string, string, string]>(
    'DELETE FROM bare_links WHERE platform = ? AND workspace = ? AND channel = ?',
  );

  const isFirst = connection.transaction((platform: string, keys: readonly string[], at: number) => {
    forgetOld.run(at - REMEMBERED_MS);
    const added = keys.map((key) => handle.run({ platform, key, at }).changes);
    return added.every((changes) => changes === 1);
  });
  const forget = connection.transaction((platform: string, workspace: string) => {
    for (const each of forgets) each.run(platform, workspace);
  });

  return {
    isFirst: async (platform, keys, at) => isFirst.immediate(platform, keys, at),
    install: async (platform, { workspace, sealed }, at) =>
      void install.run({ platform, workspace, sealed, at }),
    installation: async (platform, workspace) => installation.get(platform, workspace),
    forget: async (platform, workspace) => forget.immediate(platform, workspace),
    showsLinks: async (platform, workspace, channel) => bare.get(platform, workspace, channel) === undefined,
    showLinks: async (platform, workspace, channel, show) =>
      void (show ? dropBare : addBare).run(platform, workspace, channel),
  };
}
