/** Deletes all data of a workspace in one transaction. Runs in the store thread. */
import { EMAIL } from '../chat/direct-messages.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { rewriteTables } from '../db/erase.ts';
import { rewriteDetails } from '../library/details-store.ts';
import { openCallKeeping } from '../model/budget-store.ts';

/** Every table with a workspace column. Reactions come before the saves that they made. */
const OF_WORKSPACE = [
  'installations',
  'bare_links',
  'reaction_saves',
  'shown_papers',
  'line_people',
  'line_workspaces',
  'zotero_items',
  'zotero_connections',
  'list_links',
  'save_tags',
  'save_details',
  'saves',
  'deliveries',
  'recipients',
  'posted_papers',
  'asked_posts',
  'feed_managers',
  'feeds',
  'feed_ids',
  'watches',
  'quiet_channels',
  'change_readers',
  'inboxes',
  'mail_addresses',
  'mail_codes',
  'channel_acts',
  'channel_subjects',
  'channel_resets',
  'feedback',
  'taste_subjects',
  'tastes',
];

/** Rewritten by `rewriteDetails`, together with their index. */
const DETAILS = ['save_tags', 'save_details'];

/** Call inside a transaction. */
export function openForgetting(
  connection: DatabaseConnection,
): (platform: string, workspace: string) => void {
  type Named = [{ platform: string; workspace: string }];
  // Buttons in other workspaces may contain the same line.
  const forgetLines = connection.prepare<Named>(
    `DELETE FROM button_lines WHERE key IN (
       SELECT key FROM line_workspaces WHERE platform = @platform AND workspace = @workspace
       EXCEPT
       SELECT key FROM line_workspaces WHERE NOT (platform = @platform AND workspace = @workspace))`,
  );
  const forgetHits = connection.prepare<Named>(
    `DELETE FROM watch_hits WHERE watch IN
       (SELECT id FROM watches WHERE platform = @platform AND workspace = @workspace)`,
  );
  const forgetShown = connection.prepare<Named>(
    `DELETE FROM inbox_papers WHERE inbox IN
       (SELECT id FROM inboxes WHERE platform = @platform AND workspace = @workspace)`,
  );
  const forgetMail = connection.prepare<Named>(
    `DELETE FROM deliveries WHERE platform = '${EMAIL}' AND channel IN
       (SELECT id FROM mail_addresses WHERE platform = @platform AND workspace = @workspace)`,
  );
  const keepCalls = openCallKeeping(connection);
  const forgets = OF_WORKSPACE.map((table) =>
    connection.prepare<Named>(`DELETE FROM ${table} WHERE platform = @platform AND workspace = @workspace`),
  );
  return (platform, workspace) => {
    const named = { platform, workspace };
    for (const each of [forgetLines, forgetHits, forgetShown, forgetMail, ...forgets]) each.run(named);
    keepCalls.ofWorkspace(named);
    const others = OF_WORKSPACE.filter((table) => !DETAILS.includes(table));
    rewriteTables(connection, [...others, 'watch_hits', 'button_lines', 'model_calls']);
    rewriteDetails(connection);
  };
}
