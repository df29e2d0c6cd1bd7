/** `workspaces`: those that installed the bot themselves, and forgetting one of them. */

import { UserError } from '../../base/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { tableOf } from '../output/table.ts';
import { readConfig, say, withStores } from '../session.ts';

/** The one platform that workspaces install the bot of themselves. */
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

/** The bot that runs beside serves it no longer from the next thing on that somebody asks there. */
export async function runForget(id: string): Promise<void> {
  const done = await withStores(readConfig(), async ({ workspaces }) => {
    if (!(await workspaces.installation(INSTALLABLE_PLATFORM, id))) return false;
    await workspaces.forget(INSTALLABLE_PLATFORM, id, systemClock.now().getTime());
    return true;
  });
  if (!done) throw notInstalled(id);
  say(
    `Workspace ${id} is forgotten: its token, feeds, posts, saves and managers. An administrator there can remove the app; installed again, it begins anew.`,
  );
}

export function notInstalled(id: string): UserError {
  return new UserError(`Workspace ${id} has not installed the bot. "workspaces" lists those that have.`);
}
