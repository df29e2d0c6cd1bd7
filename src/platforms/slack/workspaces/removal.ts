/**
 * Workspaces that took the bot away. Slack tells it by two events, in any order, late, and again; or it does not, and the token is
 * refused. What is certain is the token that is kept: of one that Slack takes, the workspace has installed the bot again since.
 */
import type { App, Installation } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { InstallationRecord, InstallationStore, WorkspaceHandlers } from '../../../chat/handlers.ts';
import { PLATFORM } from '../connection/addresses.ts';
import { openWebClient } from '../connection/client.ts';
import { describeError, isTakenBack } from '../connection/errors.ts';
import { openTurns } from '../connection/turns.ts';
import { readKept, toKept } from './installed.ts';

export interface RemovalOptions {
  readonly installations: InstallationStore;
  readonly handlers: Pick<WorkspaceHandlers, 'forgetWorkspace'>;
  readonly apiUrl: string;
  readonly log: Logger;
}

export interface Removal {
  listen(app: App, follow: (work: Promise<void>) => Promise<void>): void;
  save(installation: Installation): Promise<void>;
  /** Slack refused this token of the workspace, once. */
  refused(workspace: string, token: string): Promise<void>;
}

export type Verdict = 'taken' | 'refused' | 'unknown';

interface Told {
  readonly workspace: string;
  /** When Slack says that it happened. */
  readonly at: Date;
}

/** Slack says that a workspace took the bot away: perhaps late, again, or wrongly by now. */
export function listenToRemovals(app: App, removed: (told: Told) => Promise<void>): void {
  const tell = ({ body }: { readonly body: { readonly team_id: string; readonly event_time: number } }) =>
    removed({ workspace: body.team_id, at: new Date(body.event_time * 1_000) });
  app.event('app_uninstalled', tell);
  app.event('tokens_revoked', async ({ event, body }) => {
    // A person took back what the app may do in their name; the bot's own token is not among these.
    if ((event.tokens.bot ?? []).length > 0) await tell({ body });
  });
}

/** What Slack says of a token. */
export async function verdictOn(token: string, apiUrl: string, log: Logger): Promise<Verdict> {
  try {
    await openWebClient(token, apiUrl, log).auth.test();
    return 'taken';
  } catch (error) {
    if (isTakenBack(error)) return 'refused';
    log.warn(describeError(error), 'Slack does not say whether a token is good');
    return 'unknown';
  }
}

export function openRemoval({ installations, handlers, apiUrl, log }: RemovalOptions): Removal {
  /** One thing after another about a workspace: what was installed meanwhile is not taken for what is to go. */
  const oneAtATime = openTurns();

  async function removed({ workspace, at }: Told): Promise<void> {
    const found = await installations.find(PLATFORM, workspace);
    if (found) {
      const token = tokenOf(found);
      const verdict = token === undefined ? 'unknown' : await ask(token);
      if (verdict === 'taken' || (verdict === 'unknown' && at < found.installedAt)) {
        log.info({ workspace }, 'a workspace that took the bot away has installed it again since');
        return;
      }
    }
    await handlers.forgetWorkspace(PLATFORM, workspace);
  }

  async function dead(workspace: string, token: string): Promise<void> {
    const found = await installations.find(PLATFORM, workspace);
    // It went already, or has another token by now.
    if (!found || tokenOf(found) !== token) return;
    // Nothing is removed on one word that may have been a mistake.
    if ((await ask(token)) !== 'refused') return;
    log.warn({ workspace }, 'Slack does not take the token of a workspace any more');
    await handlers.forgetWorkspace(PLATFORM, workspace);
  }

  const ask = (token: string) => verdictOn(token, apiUrl, log);

  return {
    listen(app, follow) {
      listenToRemovals(app, (told) => follow(oneAtATime(told.workspace, () => removed(told))));
    },

    save(installation) {
      const { workspace, secret } = toKept(installation);
      return oneAtATime(workspace, async () => {
        await installations.save(PLATFORM, workspace, secret);
        log.info({ workspace }, 'a workspace installed the bot');
      });
    },

    refused: (workspace, token) => oneAtATime(workspace, () => dead(workspace, token)),
  };
}

/** `undefined` for what was kept with another key: Slack cannot be asked about it. */
function tokenOf(kept: InstallationRecord): string | undefined {
  try {
    return readKept(kept.secret()).token;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
