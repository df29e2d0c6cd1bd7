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

type Verdict = 'taken' | 'refused' | 'unknown';

export function openRemoval({ installations, handlers, apiUrl, log }: RemovalOptions): Removal {
  /** One thing after another about a workspace: what was installed meanwhile is not taken for what is to go. */
  const turns = new Map<string, Promise<void>>();

  function oneAtATime(workspace: string, work: () => Promise<void>): Promise<void> {
    const turn = (turns.get(workspace) ?? Promise.resolve()).then(work);
    const ended = turn.catch(() => undefined);
    turns.set(workspace, ended);
    void ended.then(() => turns.get(workspace) === ended && turns.delete(workspace));
    return turn;
  }

  /** @param at when Slack says that it happened */
  async function removed(workspace: string, at: Date): Promise<void> {
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

  async function ask(token: string): Promise<Verdict> {
    try {
      await openWebClient(token, apiUrl, log).auth.test();
      return 'taken';
    } catch (error) {
      if (isTakenBack(error)) return 'refused';
      log.warn(describeError(error), 'Slack does not say whether a token is good');
      return 'unknown';
    }
  }

  return {
    listen(app, follow) {
      const told = ({ body }: { readonly body: { readonly team_id: string; readonly event_time: number } }) =>
        follow(oneAtATime(body.team_id, () => removed(body.team_id, new Date(body.event_time * 1_000))));
      app.event('app_uninstalled', told);
      app.event('tokens_revoked', told);
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
