/**
 * Handles workspaces that remove the bot. Slack sends two events, in any order, late and repeatedly, or none
 * at all and rejects the token. Only the stored token is reliable: if Slack accepts it, the workspace has
 * installed the bot again.
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
  /** Called when Slack has rejected this token of the workspace. */
  refused(workspace: string, token: string): Promise<void>;
}

export type Verdict = 'taken' | 'refused' | 'unknown';

interface Told {
  readonly workspace: string;
  /** Time of the removal, from Slack. */
  readonly at: Date;
}

/** Listens for removals. The events can be late, repeated or outdated. */
export function listenToRemovals(app: App, removed: (told: Told) => Promise<void>): void {
  const tell = ({ body }: { readonly body: { readonly team_id: string; readonly event_time: number } }) =>
    removed({ workspace: body.team_id, at: new Date(body.event_time * 1_000) });
  app.event('app_uninstalled', tell);
  app.event('tokens_revoked', async ({ event, body }) => {
    // Only user tokens were revoked, not the bot's.
    if ((event.tokens.bot ?? []).length > 0) await tell({ body });
  });
}

/** Checks a token with Slack. */
export async function verdictOn(token: string, apiUrl: string, log: Logger): Promise<Verdict> {
  try {
    await openWebClient(token, apiUrl, log).auth.test();
    return 'taken';
  } catch (error) {
    if (isTakenBack(error)) return 'refused';
    log.warn(describeError(error), 'slack: token not checked');
    return 'unknown';
  }
}

export function openRemoval({ installations, handlers, apiUrl, log }: RemovalOptions): Removal {
  /** Runs work per workspace in order, so that a new installation is not removed by mistake. */
  const oneAtATime = openTurns();

  async function removed({ workspace, at }: Told): Promise<void> {
    const found = await installations.find(PLATFORM, workspace);
    if (found) {
      const token = tokenOf(found);
      const verdict = token === undefined ? 'unknown' : await ask(token);
      if (verdict === 'taken' || (verdict === 'unknown' && at < found.installedAt)) {
        log.info({ workspace }, 'slack: removal outdated');
        return;
      }
    }
    await handlers.forgetWorkspace(PLATFORM, workspace);
  }

  async function dead(workspace: string, token: string): Promise<void> {
    const found = await installations.find(PLATFORM, workspace);
    // Already removed, or installed again with another token.
    if (!found || tokenOf(found) !== token) return;
    // Check again before deleting anything, as one rejection may be a mistake.
    if ((await ask(token)) !== 'refused') return;
    log.warn({ workspace }, 'slack: token revoked');
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
        log.info({ workspace }, 'slack: workspace installed');
      });
    },

    refused: (workspace, token) => oneAtATime(workspace, () => dead(workspace, token)),
  };
}

/** Returns `undefined` for a secret that was stored with another key. */
function tokenOf(kept: InstallationRecord): string | undefined {
  try {
    return readKept(kept.secret()).token;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
