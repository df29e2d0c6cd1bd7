/** The workspaces that the bot is in, and how to speak to each. */
import type { webApi } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Team } from '../../../chat/caller.ts';
import { openWatchedClient, openWebClient } from '../connection/client.ts';
import { describeError, isRevoked } from '../connection/errors.ts';

export interface Workspace {
  /** `T…`. */
  readonly id: string;
  readonly name: string;
  /** Whose library people there share. */
  readonly team: Team;
  readonly token: string;
  readonly client: webApi.WebClient;
  /** The bot as a person of the workspace, and as an app. */
  readonly user: string;
  readonly bot: string;
}

export interface Workspaces {
  /** @throws when the bot is not in that workspace */
  of(id: string): Promise<Workspace>;
}

export interface WorkspaceOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly teamOf: (workspace: string) => Team;
  readonly log: Logger;
  /** Slack does not take the token any more. */
  readonly onDead: () => void;
}

/**
 * Asks Slack whose token it is.
 * @throws UserError when Slack refuses it, or does not answer
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { token, apiUrl, teamOf, log, onDead } = options;
  try {
    const asked = await openWebClient(token, apiUrl, log).auth.test();
    const { team_id: id = '', team: name = '', user_id: user = '', bot_id: bot } = asked;
    if (bot === undefined) {
      throw new UserError(
        'SLACK_BOT_TOKEN is a person’s token. Copy the Bot User OAuth Token (xoxb-…) of api.slack.com/apps → Install App.',
      );
    }
    const client = openWatchedClient(token, apiUrl, log, onDead);
    return { id, name, team: teamOf(id), token, client, user, bot };
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(whyNoWorkspace(error));
  }
}

/** People from elsewhere come in through shared channels: whatever workspace they name, it is this one that was asked. */
export function onlyWorkspace(workspace: Workspace): Workspaces {
  return { of: async () => workspace };
}

function whyNoWorkspace(error: unknown): string {
  return isRevoked(error)
    ? 'Slack refuses the token. Copy the Bot User OAuth Token of api.slack.com/apps → Install App and set SLACK_BOT_TOKEN.'
    : `Slack cannot be reached: ${describeError(error).message}. Is the network up?`;
}
