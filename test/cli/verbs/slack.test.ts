/** The bot as a process that serves Slack: the report of the doctor, and the installed workspaces. */
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { openFeedStore } from '../../../src/feeds/feed-store.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openInstallations } from '../../../src/workspaces/installations.ts';
import { openSealing } from '../../../src/workspaces/sealing.ts';
import { openWorkspaceStore } from '../../../src/workspaces/workspace-store.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import type { FakeChannel, FakeWorkspace } from '../../fakes/slack/model.ts';
import type { FakeSlackOptions } from '../../fakes/slack/start.ts';
import { runCli, startCli } from '../../support/cli.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { sampleFeed } from '../../support/feeds.ts';
import { listedPapers } from '../../support/papers.ts';
import { usedDataFolder } from '../../support/used-data.ts';

const AT = '2026-05-29T12:00:00Z';
const SECRET_KEY = 'a passphrase of thirty-two signs.';

async function opened(options?: FakeSlackOptions) {
  const slack = await openFakeSlack(options);
  const common = { DATA_DIR: usedDataFolder(), SLACK_API_URL: slack.url };
  const app = {
    ...common,
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    SECRET_KEY,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  };
  const env = { ...common, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken };
  const doctor = (changed: Record<string, string> = {}, base: Record<string, string> = env) =>
    runCli(['doctor'], { env: { ...base, ...changed }, cwd: temporaryFolder() });
  const database = () => openTestDatabase(join(common.DATA_DIR, 'paperboy.db'));
  return { slack, env, app, doctor, database };
}

async function follow(
  connection: DatabaseConnection,
  { id: channel, workspace: { id: workspace } }: Pick<FakeChannel, 'id' | 'workspace'>,
) {
  const { settings } = sampleFeed();
  const channelRef = { platform: 'slack', workspace, channel };
  await openFeedStore(connection).follow({ channel: channelRef, settings, manager: 'U1', at: AT });
}

async function install(
  connection: DatabaseConnection,
  { id, name, token, botUser, botId }: FakeWorkspace,
  at = AT,
) {
  const installations = openInstallations({
    workspaces: openWorkspaceStore(connection),
    sealing: await openSealing(SECRET_KEY),
    clock: fakeClock(at),
  });
  await installations.save('slack', id, JSON.stringify({ name, token, user: botUser.id, bot: botId }));
}

describe('the doctor', () => {
  it('the doctor reports that Slack works, and checks only channels with feeds', async () => {
    const { slack, doctor, database } = await opened();
    await follow(await database(), slack.addChannel('papers'));
    slack.addChannel('other', { isMember: false, isPrivate: true });
    const { status, stdout } = await doctor();
    expect(stdout).toMatch(/^ok +Slack, Lab +the bot is installed as paperboy$/m);
    expect(stdout).toMatch(/^ok +Slack, app token +opens a socket$/m);
    expect(stdout).not.toMatch(/^(!!|··) +Slack/m);
    for (const secret of [slack.botToken, slack.appToken]) expect(stdout).not.toContain(secret);
    expect(status).toBe(0);
  });

  it('the doctor names missing Slack scopes and their effect', async () => {
    const { slack, doctor } = await opened({ history: false });
    for (const scope of ['reactions:read', 'users:read']) slack.workspace.scopes.delete(scope);
    slack.workspace.scopes.delete('mpim:history');
    const { status, stdout } = await doctor();
    expect(stdout).toMatch(
      /^!! +Slack, Lab +the app lacks reactions:read, users:read\. Paste the new manifest/m,
    );
    expect(stdout).toMatch(
      /^·· +Slack, Lab +without channels:history, groups:history, channels cannot be imported, and unconfirmed posts need review/m,
    );
    expect(status).toBe(1);
  });

  it('the doctor names channels with feeds that the bot is not in', async () => {
    const { slack, doctor, database } = await opened();
    const connection = await database();
    const shut = slack.addChannel('secret', { isMember: false, isPrivate: true });
    await follow(connection, shut);
    await follow(connection, slack.addChannel('open', { isMember: false }));
    await follow(connection, slack.addChannel('papers'));
    const { status, stdout } = await doctor();
    expect(stdout).toMatch(
      new RegExp(
        `^!! +Slack, Lab +feeds post to ${shut.id}, but the bot is not there\\. Invite it: /invite`,
        'm',
      ),
    );
    expect(stdout).toMatch(
      /^·· +Slack, Lab +the bot posts to #open without being a member, so it cannot check/m,
    );
    expect(stdout).not.toContain('#papers');
    expect(status).toBe(1);
  });

  it('the doctor names public channels that the app may not post to from outside', async () => {
    const { slack, doctor, database } = await opened();
    slack.workspace.scopes.delete('chat:write.public');
    await follow(await database(), slack.addChannel('open', { isMember: false }));
    expect((await doctor()).stdout).toMatch(
      /^!! +Slack, Lab +feeds post to #open, but the bot is not there/m,
    );
  });

  it('the doctor names wrong Slack tokens and an app token without its scope', async () => {
    const { doctor, env } = await opened({ appScopes: [] });
    const wrong = await doctor({ SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(wrong.stdout).toMatch(
      /^!! +Slack +Slack rejected the token \(invalid_auth\)\. Copy the Bot User OAuth Token.*set SLACK_BOT_TOKEN\.$/m,
    );
    expect(wrong.stdout).toMatch(
      /^!! +Slack, app token +Slack rejected the app token\. Create a new one.*set SLACK_APP_TOKEN\.$/m,
    );
    expect(wrong.status).toBe(1);
    expect((await doctor({}, env)).stdout).toMatch(
      /^!! +Slack, app token +Slack rejected the app token\..*connections:write/m,
    );
  });

  it('the doctor checks each installed workspace, and names a wrong SECRET_KEY', async () => {
    const { slack, app, doctor, database } = await opened();
    expect((await doctor({}, app)).stdout).toMatch(
      /^·· +Slack +no workspace has installed the bot yet\. Open \/slack\/install/m,
    );
    const connection = await database();
    const gone = slack.addWorkspace('Gone');
    await install(connection, slack.workspace);
    await install(connection, gone);
    slack.revoke(gone);
    const { stdout } = await doctor({}, app);
    expect(stdout).toMatch(/^ok +Slack, Lab +the bot is installed/m);
    expect(stdout).toMatch(
      new RegExp(
        `^!! +Slack +Slack rejected the token \\(token_revoked\\)\\. Let workspace ${gone.id} install`,
        'm',
      ),
    );
    const other = await doctor({ SECRET_KEY: 'another passphrase of thirty-two.' }, app);
    expect(other.stdout).toMatch(/^!! +Slack +The installation of workspace \S+ cannot be decrypted/m);
  });
});

describe('the bot of one workspace', () => {
  it('the bot of one workspace ends with status 1 if Slack rejects its token', async () => {
    const { slack, env } = await opened();
    const bot = startCli(['start'], { env });
    const said = text(bot.stderr);
    await once(bot.stdout, 'data');
    const channel = slack.addChannel('papers');
    const ada = slack.addPerson('ada');
    slack.faults.next({
      kind: 'refuse',
      error: 'invalid_auth',
      match: ({ route }) => route === 'chat.postMessage',
    });
    ada.command(channel, '/papers', 'stats');
    expect(await once(bot, 'exit')).toEqual([1, null]);
    expect(await said).toContain('Slack no longer accepts SLACK_BOT_TOKEN. Install the app again');
  });
});

describe('workspaces', () => {
  it('workspaces are listed with their date and number of feeds', async () => {
    const { slack, app, database } = await opened();
    const connection = await database();
    const env = { env: app };
    expect((await runCli(['workspaces'], env)).stderr).toBe('No workspace has installed the bot.\n');
    const other = slack.addWorkspace('Other');
    await install(connection, slack.workspace, '2026-05-28T08:30:00Z');
    await install(connection, other);
    await follow(connection, slack.addChannel('papers'));
    expect((await runCli(['workspaces'], env)).stdout).toBe(
      [
        'ID           INSTALLED (UTC)   FEEDS\n',
        `${slack.workspace.id}  2026-05-28 08:30  1\n`,
        `${other.id}  2026-05-29 12:00  0\n`,
      ].join(''),
    );
  });

  it('an export of one workspace has only papers saved there', async () => {
    const { slack, app, database } = await opened();
    const connection = await database();
    const { id } = slack.workspace;
    await install(connection, slack.workspace);
    await openPaperStore(connection).importBatch(listedPapers('2026-05-28', 2), {
      source: 'hugging-face',
      at: AT,
    });
    const library = openLibrary(connection);
    const person = { platform: 'slack', workspace: id, person: 'U1' };
    await library.save({ ...person, team: `slack:${id}` }, '2605.10001', AT);
    const me = { platform: 'terminal', workspace: 'local', person: 'me', team: 'terminal:local' };
    await library.save(me, '2605.10002', AT);
    const exported = async (...options: string[]) => {
      const { stdout } = await runCli(['export', ...options], { env: app });
      return stdout.match(/2605\.1\d{4}/g);
    };
    expect(await exported('--workspace', id)).toEqual(['2605.10001']);
    expect(await exported('--saved')).toEqual(['2605.10002']);
    const unknown = await runCli(['export', '--workspace', 'T9'], { env: app });
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('Workspace T9 has not installed the bot.'),
    ]);
  });

  it('forgetting a workspace takes effect in the running bot', async () => {
    const { slack, app, database } = await opened();
    const connection = await database();
    const other = slack.addWorkspace('Other');
    await install(connection, slack.workspace);
    await install(connection, other);
    await follow(connection, slack.addChannel('papers'));
    const channel = other.addChannel('papers');
    await follow(connection, channel);
    const bySocket = { ...app, SLACK_APP_TOKEN: slack.appToken, SLACK_PORT: await freePort() };
    const bot = startCli(['start'], { env: bySocket });
    const said = text(bot.stderr);
    await once(bot.stdout, 'data');
    const ada = other.addPerson('ada');
    await ada.command(channel, '/papers', 'stats').answered;
    const forgotten = await runCli(['workspaces', 'forget', other.id], { env: app });
    expect([forgotten.status, forgotten.stderr]).toEqual([
      0,
      expect.stringContaining(`Deleted all data of workspace ${other.id}`),
    ]);
    const before = channel.messages.length;
    await ada.command(channel, '/papers', 'stats').acknowledged;
    expect(channel.messages).toHaveLength(before);
    const own = slack.addPerson('alan').command(slack.workspace.channel('papers'), '/papers', 'stats');
    await own.answered;
    const feeds = await openFeedStore(connection).active();
    expect(feeds.map(({ channel: channelRef }) => channelRef.workspace)).toEqual([slack.workspace.id]);
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    expect(await said).not.toContain(other.token);
    const again = await runCli(['workspaces', 'forget', other.id], { env: app });
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('has not installed the bot.')]);
  });
});

/** One that nobody listens on just now. */
async function freePort(): Promise<string> {
  const { createServer } = await import('node:http');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return String(typeof address === 'object' ? address?.port : 0);
}
