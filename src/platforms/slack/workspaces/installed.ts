/** Workspaces that installed the app. Their tokens are read from the store whenever they are needed. */

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
  /** Called when Slack no longer accepts a workspace's token. */
  readonly onDead: (workspace: string, token: string) => void;
}

/** The stored secret of an installation. */
interface Kept {
  readonly name: string;
  readonly token: string;
  readonly user: string;
  readonly bot: string;
}

/**
 * Clients are cached only while their token is the stored one, so that a workspace removed by another process
 * is gone here too.
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

/**
 * @throws UserError for an installation without a bot or for a whole organization, which the manifest does
 * not offer
 */
export function toKept({ team, bot }: Installation): { readonly workspace: string; readonly secret: string } {
  if (team === undefined || bot === undefined) {
    throw new UserError('Install the app in a single workspace, with its bot.');
  }
  const kept: Kept = { name: team.name ?? team.id, token: bot.token, user: bot.userId, bot: bot.id };
  return { workspace: team.id, secret: JSON.stringify(kept) };
}

/** @param secret from `toKept` */
export function readKept(secret: string): Kept {
  return JSON.parse(secret) as Kept;
}
