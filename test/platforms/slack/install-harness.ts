/**
 * A bot that workspaces install themselves, for tests: a fake Slack, the real client, real stores in memory.
 */
import { onTestFinished } from 'vitest';
import { type Logger, silentLog } from '../../../src/base/log.ts';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { openTeams } from '../../../src/library/teams.ts';
import { openSlackChat, type SlackOptions } from '../../../src/platforms/slack/adapter.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { openInstallations } from '../../../src/workspaces/installations.ts';
import { openSealing } from '../../../src/workspaces/sealing.ts';
import type { TestWorkspace } from '../../fakes/slack/start.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { openSlackWithApp, slackOptions } from '../../support/harness/slack.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openProgram } from '../../support/program.ts';

export const SECRET_KEY = 'a passphrase of thirty-two signs.';

const STRANGERS = { joined: true, strangers: new Set(['slack']) };

interface Options {
  /** Events through a socket; otherwise as signed requests. */
  readonly bySocket?: boolean;
  readonly log?: Logger;
}

export async function openInstalling({ bySocket = false, log = silentLog }: Options = {}) {
  const slack = await openSlackWithApp();
  const connection = await openTestDatabase();
  const program = openProgram(connection, fakeClock('2026-05-29T12:00:00Z'));
  await program.papers.importBatch([samplePaper(), ...listedPapers('2026-05-28', 7)], {
    source: 'hugging-face',
    at: '2026-05-29T08:00:00Z',
  });
  let pages = '';

  async function startBot({ key = SECRET_KEY, ...changes }: Partial<SlackOptions> & { key?: string } = {}) {
    const sealing = await openSealing(key);
    const installations = openInstallations({ workspaces: program.workspaces, sealing, clock: systemClock });
    const { clientId, clientSecret } = slack;
    const chat = openSlackChat(
      slackOptions(slack, {
        botToken: undefined,
        ...(!bySocket && { appToken: undefined, signingSecret: slack.signingSecret }),
        teamOf: (workspace) => openTeams(STRANGERS)({ platform: 'slack', workspace }),
        installing: { clientId, clientSecret, stateSecret: sealing.keyFor('state'), installations },
        log,
        onListening(port) {
          pages = `http://127.0.0.1:${port}`;
          if (!bySocket) slack.deliverTo(`${pages}/slack/events`);
        },
        ...changes,
      }),
    );
    onTestFinished(() => chat.stop());
    await chat.start(program.handlers);
    return { chat, installations };
  }

  const { chat, installations } = await startBot();

  /** The page as a browser sees it: the target of its button, and the cookie that it sets. */
  async function openPage() {
    const page = await fetch(`${pages}/slack/install`);
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const [, address = ''] = /href="(https:[^"]+oauth[^"]+)"/.exec(await page.text()) ?? [];
    return { address: address.replaceAll('&amp;', '&'), cookie };
  }

  function comeBack(query: URLSearchParams | string, cookie?: string): Promise<Response> {
    return fetch(`${pages}/slack/oauth_redirect?${query}`, {
      headers: cookie === undefined ? {} : { cookie },
    });
  }

  async function install(workspace: TestWorkspace): Promise<Response> {
    const { address, cookie } = await openPage();
    return comeBack(workspace.authorize(address), cookie);
  }

  /** A workspace that has just installed the bot, with a channel and an administrator in it. */
  async function addInstalled(name: string) {
    const workspace = slack.addWorkspace(name, { installed: false });
    const channel = workspace.addChannel('papers');
    const ada = workspace.addPerson('ada', { admin: true });
    await install(workspace);
    return {
      workspace,
      channel,
      ada,
      channelRef: { platform: 'slack', workspace: workspace.id, channel: channel.id },
    };
  }

  return {
    ...program,
    slack,
    connection,
    chat,
    installations,
    startBot,
    openPage,
    comeBack,
    install,
    addInstalled,
    url: (path: string) => `${pages}${path}`,
  };
}

/** Number of a workspace's rows in every table that names workspaces. */
export function rowsOf(connection: DatabaseConnection, workspace: string): number {
  const tables = connection
    .prepare<[], string>(
      `SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
       WHERE m.type = 'table' AND c.name = 'workspace' AND m.name <> 'gone_workspaces'`,
    )
    .pluck()
    .all();
  const count = (table: string) =>
    connection
      .prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE workspace = ?`)
      .pluck()
      .get(workspace) ?? 0;
  return tables.reduce((sum, table) => sum + count(table), 0);
}
