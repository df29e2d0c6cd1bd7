/** Whom the bot serves: the workspace of a token in the settings, or all that install the app. */
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
  /** Whose library people of a workspace share. */
  readonly teamOf: (workspace: string) => Team;
  /** Where workspaces install the app themselves; the one of the bot token is served otherwise. */
  readonly installing?: Installing | undefined;
  readonly log: Logger;
  /** Slack refuses the bot for good, as when its token was revoked: the process cannot go on. */
  readonly onDeath: (error: Error) => void;
}

export interface WorkspaceRegistry {
  readonly workspaces: Workspaces;
  /** To be told of workspaces that take the bot away. */
  listen(app: App): void;
  /** Where workspaces install the app themselves: what they give it. */
  readonly save?: Removal['save'];
}

type Follow = (work: Promise<void>) => Promise<void>;

const DEAD_TOKEN =
  'Slack does not take SLACK_BOT_TOKEN any more. Install the app again at api.slack.com/apps → Install App and set the token that it shows.';
const REMOVED =
  'The workspace removed the bot. Install it again at api.slack.com/apps → Install App and set SLACK_BOT_TOKEN.';

/**
 * @param follow counts the work that was begun
 * @throws UserError when there is nobody to serve, or Slack does not answer
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
      log.error(describeError(error), 'a workspace whose token is dead could not be looked at');
    });
  };
  await reportUnreadable(installations, log);
  return {
    workspaces: openInstalled({ ...options, onDead }),
    listen: (app) => removal.listen(app, follow),
    save: removal.save,
  };
}

/** The others are served all the same. */
async function reportUnreadable(installations: InstallationStore, log: Logger): Promise<void> {
  for (const workspace of await installations.all(PLATFORM)) {
    try {
      (await installations.find(PLATFORM, workspace))?.secret();
    } catch (error) {
      log.error({ workspace }, messageOf(error));
    }
  }
}

/** When it takes the bot away, or its token, nothing is left to do. */
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
        // Of a token that is still good Slack has told late; one of which it says nothing is found out by its next use.
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

/** A channel gets another id, as when it is shared with another workspace: what is kept of it goes along. */
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
