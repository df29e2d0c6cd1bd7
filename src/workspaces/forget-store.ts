/** Deletes all data of a workspace in one transaction. Runs in the store thread. */
import type { Connection } from '../db/open.ts';

/** Every table with a workspace column. Reactions come before the saves that they made. */
const OF_WORKSPACE = [
  'installations',
  'bare_links',
  'reaction_saves',
  'shown_papers',
  'line_workspaces',
  'saves',
  'deliveries',
  'posted_papers',
  'asked_posts',
  'feed_managers',
  'feeds',
  'feed_ids',
  'model_calls',
];

/** Call inside a transaction. */
export function openForgetting(connection: Connection): (platform: string, workspace: string) => void {
  type Named = [{ platform: string; workspace: string }];
  // Buttons in other workspaces may contain the same line.
  const forgetLines = connection.prepare<Named>(
    `DELETE FROM button_lines WHERE key IN (
       SELECT key FROM line_workspaces WHERE platform = @platform AND workspace = @workspace
       EXCEPT
       SELECT key FROM line_workspaces WHERE NOT (platform = @platform AND workspace = @workspace))`,
  );
  // Calls stay counted without a person, so that installing the bot again does not reset the limit.
  const keepCount = connection.prepare<Named>(
    `INSERT INTO model_calls (day, platform, workspace, person, calls)
       SELECT day, platform, '', '', sum(calls) FROM model_calls
       WHERE platform = @platform AND workspace = @workspace GROUP BY day
     ON CONFLICT DO UPDATE SET calls = calls + excluded.calls`,
  );
  const forgets = OF_WORKSPACE.map((table) =>
    connection.prepare<Named>(`DELETE FROM ${table} WHERE platform = @platform AND workspace = @workspace`),
  );
  return (platform, workspace) => {
    const named = { platform, workspace };
    for (const each of [forgetLines, keepCount, ...forgets]) each.run(named);
  };
}
