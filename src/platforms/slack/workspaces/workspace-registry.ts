/** The workspaces of the bot: the one of the configured token, or all that install the app. */
import type { App } from '@slack/bolt';
import { messageOf, UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Team } from '../../../chat/caller.ts';
import type { InstallationStore, WorkspaceHandlers } from '../../../chat/handlers.ts';
import { channelRefOf, PLATFORM } from '../connection/addresses.ts';
import type { SlackSettings } from '../connection/client.ts';
import { describeError } from '../connection/errors.ts';
import type { Installing } from './install.ts';
import { openInstalled } from './installed.ts';
import { listenToRemovals, openRemoval, type Removal, verdictOn } from './removal.ts';
import { onlyWorkspace, openWorkspace, type Workspaces } from './workspaces.ts';

export interface WorkspaceRegistryOptions extends Pick<SlackSettings, 'botToken' | 'apiUrl'> {
  /** Returns the team whose list a workspace's members share. */
  readonly teamOf: (workspace: string) => Team;
  /** Set when workspaces install the app themselves; otherwise the bot token's workspace is used. */
  readonly installing?: Installing | undefined;
  readonly log: Logger;
  /** Called when Slack rejects the bot for good, for example after a revoked token. */
  readonly onDeath: (error: Error) => void;
}

export interface WorkspaceRegistry {
  readonly workspaces: Workspaces;
  /** Listens for removals of the bot. */
  listen(app: App): void;
  /** Stores an installation; absent for a single workspace. */
  readonly save?: Removal['save'];
}

type Follow = (work: Promise<void>) => Promise<void>;

const DEAD_TOKEN =
  'Slack no longer accepts SLACK_BOT_TOKEN. Install the app again at api.slack.com/apps → Install App and set the new token.';
const REMOVED =
  'The workspace removed the app. Install it again at api.slack.com/apps → Install App and set SLACK_BOT_TOKEN.';

/**
 * @param follow tracks running work
 * @throws UserError when no token is configured, or Slack does not answer
 */
export async function openWorkspaceRegistry(
  options: WorkspaceRegistryOptions,
  handlers: WorkspaceHandlers,
  follow: Follow,
): Promise<WorkspaceRegistry> {
  const { installing } = options;
  return installing
    ? serveInstalled({ ...options, ...installing }, handlers, follow)
    : serveOne(options, handlers, follow);
}

async function serveInstalled(
  options: WorkspaceRegistryOptions & { readonly installations: InstallationStore },
  handlers: WorkspaceHandlers,
  follow: Follow,
): Promise<WorkspaceRegistry> {
  const { installations, log } = options;
  const removal = openRemoval({ ...options, handlers });
  const onDead = (workspace: string, token: string) => {
    follow(removal.refused(workspace, token)).catch((error: unknown) => {
      log.error(describeError(error), 'slack: revoked token not handled');
    });
  };
  await reportUnreadable(installations, log);
  return {
    workspaces: openInstalled({ ...options, onDead }),
    listen: (app) => removal.listen(app, follow),
    save: removal.save,
  };
}

/** Logs installations that cannot be decrypted; the others still work. */
async function reportUnreadable(installations: InstallationStore, log: Logger): Promise<void> {
  for (const workspace of await installations.all(PLATFORM)) {
    try {
      (await installations.find(PLATFORM, workspace))?.secret();
    } catch (error) {
      log.error({ workspace, reason: messageOf(error) }, 'slack: installation unreadable');
    }
  }
}

/** Serves a single workspace. The process ends when the workspace removes the bot or revokes its token. */
async function serveOne(
  options: WorkspaceRegistryOptions,
  handlers: WorkspaceHandlers,
  follow: Follow,
): Promise<WorkspaceRegistry> {
  const { botToken, apiUrl, log, onDeath } = options;
  if (botToken === undefined)
    throw new UserError('Slack needs SLACK_BOT_TOKEN. Set it in .env or the environment.');
  const onDead = () => onDeath(new UserError(DEAD_TOKEN));
  const workspace = await openWorkspace({ ...options, token: botToken, onDead });
  await handlers.workspaceInstalled(PLATFORM, workspace.id);
  return {
    workspaces: onlyWorkspace(workspace),
    listen(app) {
      async function removed(): Promise<void> {
        // With a valid token the event is outdated. If the check fails, the next request will find out.
        if ((await verdictOn(workspace.token, apiUrl, log)) === 'refused') onDeath(new UserError(REMOVED));
      }
      listenToRemovals(app, async (told) => {
        if (told.workspace === workspace.id) await follow(removed());
      });
    },
  };
}

interface ChannelOptions {
  readonly handlers: Pick<WorkspaceHandlers, 'channelMoved'>;
  readonly workspaces: Workspaces;
}

/**
 * Updates stored data when a channel gets a new id, for example after it is shared with another workspace.
 */
export function listenToChannels(
  app: App,
  { handlers, workspaces }: ChannelOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  app.event('channel_id_changed', async ({ event, context }) => {
    const { id } = await workspaces.of(context.teamId ?? '');
    await follow(handlers.channelMoved(channelRefOf(id, event.old_channel_id), event.new_channel_id));
  });
}
