/** Handles events about workspaces. */

import type { Logger } from '../base/log.ts';
import type { WorkspaceHandlers } from '../chat/handlers.ts';
import type { Library } from '../library/library.ts';
import { FORMER_TEAM, teamNameOf, undecidedTeamOf } from '../library/teams.ts';
import type { Clock } from '../time/clock.ts';
import type { WorkspaceStore } from './workspaces.ts';

interface WorkspaceHandlerOptions {
  readonly workspaces: WorkspaceStore;
  readonly library: Pick<Library, 'adopt'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export function openWorkspaceHandlers({
  workspaces,
  library,
  clock,
  log,
}: WorkspaceHandlerOptions): WorkspaceHandlers {
  return {
    async markSeen(platform, keys, within) {
      try {
        return await workspaces.markSeen(platform, keys, clock.now().getTime(), within);
      } catch (error) {
        // A duplicate effect is better than none.
        log.error({ err: error }, 'workspace: mark seen failed');
        return true;
      }
    },

    async forgetWorkspace(platform, workspace) {
      try {
        await workspaces.forget(platform, workspace, clock.now().getTime());
        log.info({ platform, workspace }, 'workspace: removed bot, data deleted');
      } catch (error) {
        log.error({ err: error, platform, workspace }, 'workspace: forget failed');
      }
    },

    async workspaceInstalled(platform, workspace) {
      try {
        await workspaces.welcome(platform, workspace);
      } catch (error) {
        log.error({ err: error, platform, workspace }, 'workspace: mark installed failed');
      }
    },

    async channelMoved({ platform, workspace, channel }, to) {
      try {
        await workspaces.moveChannel(platform, workspace, channel, to, clock.now().getTime());
        log.info(
          { platform, workspace, from: channel, to, hint: 'update FEEDS_FILE and ALERT_CHANNEL' },
          'workspace: channel id changed',
        );
      } catch (error) {
        log.error({ err: error, platform, workspace, from: channel, to }, 'workspace: move channel failed');
      }
    },

    async onServers(platform, servers) {
      const [only, ...others] = servers;
      if (only === undefined) return;
      const team =
        others.length === 0 ? teamNameOf({ platform, workspace: only }) : undecidedTeamOf(platform);
      try {
        const saves = await library.adopt(platform, FORMER_TEAM, team);
        if (saves > 0) log.info({ platform, team, saves }, 'teams: former list moved');
      } catch (error) {
        log.error({ err: error, platform, team }, 'teams: moving the former list failed');
      }
    },

    async showsLinks({ platform, workspace, channel }) {
      try {
        return await workspaces.showsLinks(platform, workspace, channel);
      } catch (error) {
        log.error({ err: error }, 'workspace: read link previews failed');
        return false;
      }
    },
  };
}
