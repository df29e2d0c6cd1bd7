/** Every workspace that installed the app: how to speak to each is read where the program keeps it, whenever it is needed. */

import type { Installation } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Team } from '../../../chat/caller.ts';
import type { InstallationStore } from '../../../chat/handlers.ts';
import { PLATFORM } from '../connection/addresses.ts';
import { openWatchedClient } from '../connection/client.ts';
import { NotInstalled } from '../connection/errors.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface InstalledOptions {
  readonly installations: InstallationStore;
  readonly apiUrl: string;
  readonly teamOf: (workspace: string) => Team;
  readonly log: Logger;
  /** Slack does not take a workspace's token any more. */
  readonly onDead: (workspace: string, token: string) => void;
}

/** What is kept of an installation. */
interface Kept {
  readonly name: string;
  readonly token: string;
  readonly user: string;
  readonly bot: string;
}

/**
 * Nothing is remembered for longer than its token is the one that is kept, so that a workspace that another process forgot is gone
 * here as well.
 */
export function openInstalled({ installations, apiUrl, teamOf, log, onDead }: InstalledOptions): Workspaces {
  const known = new Map<string, Workspace>();

  return {
    async of(id) {
      const found = await installations.find(PLATFORM, id);
      if (!found) {
        known.delete(id);
        throw new NotInstalled(id);
      }
      const kept = readKept(found.secret());
      const before = known.get(id);
      if (before?.token === kept.token) return before;
      const client = openWatchedClient(kept.token, apiUrl, log, () => onDead(id, kept.token));
      const workspace = { ...kept, id, team: teamOf(id), client };
      known.set(id, workspace);
      return workspace;
    },
  };
}

/** @throws UserError for an installation without a bot, or by a whole organization, which the manifest does not offer */
export function toKept({ team, bot }: Installation): { readonly workspace: string; readonly secret: string } {
  if (team === undefined || bot === undefined) {
    throw new UserError('The app can be installed into a single workspace alone, with its bot.');
  }
  const kept: Kept = { name: team.name ?? team.id, token: bot.token, user: bot.userId, bot: bot.id };
  return { workspace: team.id, secret: JSON.stringify(kept) };
}

/** @param secret as `toKept` made it */
export function readKept(secret: string): Kept {
  return JSON.parse(secret) as Kept;
}
