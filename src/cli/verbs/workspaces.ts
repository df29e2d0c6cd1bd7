/** Subcommand `workspaces`: lists workspaces that installed the bot, and deletes their data. */

import { UserError } from '../../base/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { tableOf } from '../output/table.ts';
import { readConfig, say, withStores } from '../session.ts';

/** The only platform on which workspaces install the bot themselves. */
export const INSTALLABLE_PLATFORM = 'slack';
const HEAD = ['ID', 'INSTALLED (UTC)', 'FEEDS'];

export async function runWorkspaces(): Promise<void> {
  const installed = await withStores(readConfig(), ({ workspaces }) =>
    workspaces.installed(INSTALLABLE_PLATFORM),
  );
  if (installed.length === 0) return say('No workspace has installed the bot.');
  const rows = installed.map(({ workspace, installedAt, feeds }) => [
    workspace,
    installedAt.slice(0, 16).replace('T', ' '),
    String(feeds),
  ]);
  process.stdout.write(tableOf(HEAD, rows));
}

/** The running bot stops serving the workspace with the next request from it. */
export async function runForget(id: string): Promise<void> {
  const done = await withStores(readConfig(), async ({ workspaces }) => {
    if (!(await workspaces.installation(INSTALLABLE_PLATFORM, id))) return false;
    await workspaces.forget(INSTALLABLE_PLATFORM, id, systemClock.now().getTime());
    return true;
  });
  if (!done) throw notInstalled(id);
  say(
    `Deleted all data of workspace ${id}: token, feeds, posts, saves and managers. An administrator there can remove the app. If it is installed again, it starts from scratch.`,
  );
}

export function notInstalled(id: string): UserError {
  return new UserError(
    `Workspace ${id} has not installed the bot. List those that have: npm run paperboy -- workspaces`,
  );
}
