/** Checks Slack: the app, its tokens, and the channels of each workspace's feeds. */
import { existsSync } from 'node:fs';
import { type Diagnostic, failing, info } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { silentLog } from '../../base/log.ts';
import type { Config } from '../../config/config.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { isServed } from '../../db/lock.ts';
import { openDatabase } from '../../db/open.ts';
import { openFeedStore } from '../../feeds/feed-store.ts';
import type { Examined } from '../../platforms/slack/examine.ts';
import { systemClock } from '../../time/clock.ts';
import { openInstallations } from '../../workspaces/installations.ts';
import { openSealing } from '../../workspaces/sealing.ts';
import { openWorkspaceStore } from '../../workspaces/workspace-store.ts';

export async function examineSlack(config: Config): Promise<Diagnostic[]> {
  const { slack, database } = config;
  if (!slack) {
    return [info('Slack', 'not set up. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to use it.')];
  }
  const { COPY_BOT_TOKEN, examineWorkspace } = await import('../../platforms/slack/examine.ts');
  const { examineAppToken, examineClient, examineSameApp } = await import(
    '../../platforms/slack/examine-app.ts'
  );
  const options = { settings: slack, log: silentLog };
  const { channels, tokens, diagnostics } = await readStored(database.path, slack, COPY_BOT_TOKEN);
  const examined: Diagnostic[] = [];
  for (const each of tokens) {
    examined.push(...(await examineWorkspace(each, (id) => channels.get(id) ?? [], options)));
  }
  return [
    ...diagnostics,
    ...examined,
    ...(slack.install ? await examineClient(slack.install, options) : []),
    ...(slack.install || slack.botToken === undefined ? [] : await examineSameApp(slack.botToken, options)),
    ...(await examineAppToken(isServed(database.path), options)),
  ];
}

interface Stored {
  /** Channels that feeds post to, by workspace. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly tokens: readonly Examined[];
  readonly diagnostics: readonly Diagnostic[];
}

const NOBODY = info(
  'Slack',
  'no workspace has installed the bot yet. Open /slack/install at the bot’s public address to install it.',
);

/** Reads the database without changing it, because the bot may be running. */
async function readStored(path: string, slack: NonNullable<Config['slack']>, mend: string): Promise<Stored> {
  const { botToken, install } = slack;
  const own = install || botToken === undefined ? [] : [{ token: botToken, mend }];
  if (!existsSync(path)) return { channels: new Map(), tokens: own, diagnostics: install ? [NOBODY] : [] };
  const connection = openDatabase(path, { readonly: true });
  try {
    const channels = await channelsOfFeeds(connection);
    const installed = install
      ? await readInstalled(connection, install.secretKey)
      : { tokens: own, diagnostics: [] };
    return { channels, ...installed };
  } catch (error) {
    // A database from an older version lacks tables.
    const text = `its channels were not checked: ${messageOf(error)}. Start the bot once to update the database.`;
    return { channels: new Map(), tokens: own, diagnostics: [info('Slack', text)] };
  } finally {
    connection.close();
  }
}

async function channelsOfFeeds(connection: DatabaseConnection): Promise<Map<string, string[]>> {
  const channels = new Map<string, string[]>();
  for (const { channel } of await openFeedStore(connection).active()) {
    if (channel.platform !== 'slack') continue;
    const here = channels.get(channel.workspace) ?? [];
    if (!here.includes(channel.channel)) channels.set(channel.workspace, [...here, channel.channel]);
  }
  return channels;
}

async function readInstalled(
  connection: DatabaseConnection,
  secretKey: string,
): Promise<Omit<Stored, 'channels'>> {
  const { readKept } = await import('../../platforms/slack/workspaces/installed.ts');
  const workspaces = openWorkspaceStore(connection);
  const installations = openInstallations({
    workspaces,
    sealing: await openSealing(secretKey),
    clock: systemClock,
  });
  const tokens: Examined[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const id of await installations.all('slack')) {
    try {
      const found = await installations.find('slack', id);
      const mend = `Let workspace ${id} install the bot again, or delete its data: npm run paperboy -- workspaces forget ${id}`;
      if (found) tokens.push({ token: readKept(found.secret()).token, mend });
    } catch (error) {
      diagnostics.push(failing('Slack', messageOf(error)));
    }
  }
  return { tokens, diagnostics: tokens.length + diagnostics.length === 0 ? [NOBODY] : diagnostics };
}
