/** Workspaces with their clients. */
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
  /** The team whose list its members share. */
  readonly team: Team;
  readonly token: string;
  readonly client: webApi.WebClient;
  /** The ids of the bot's user and of the bot itself. */
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
  /** Called when Slack no longer accepts the token. */
  readonly onDead: () => void;
}

/**
 * Looks up the workspace of a token.
 * @throws UserError when Slack rejects the token, or does not answer
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { token, apiUrl, teamOf, log, onDead } = options;
  try {
    const asked = await openWebClient(token, apiUrl, log).auth.test();
    const { team_id: id = '', team: name = '', user_id: user = '', bot_id: bot } = asked;
    if (bot === undefined) {
      throw new UserError(
        'SLACK_BOT_TOKEN is a user token. Copy the Bot User OAuth Token (xoxb-…) from api.slack.com/apps → Install App.',
      );
    }
    const client = openWatchedClient(token, apiUrl, log, onDead);
    return { id, name, team: teamOf(id), token, client, user, bot };
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(whyNoWorkspace(error));
  }
}

/** Ignores the id, because users of other workspaces write in shared channels. */
export function onlyWorkspace(workspace: Workspace): Workspaces {
  return { of: async () => workspace };
}

function whyNoWorkspace(error: unknown): string {
  return isRevoked(error)
    ? 'Slack rejected the token. Copy the Bot User OAuth Token from api.slack.com/apps → Install App and set SLACK_BOT_TOKEN.'
    : `Cannot reach Slack: ${describeError(error).message}. Check the network.`;
}
