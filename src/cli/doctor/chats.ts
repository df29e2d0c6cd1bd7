/** What the doctor says of the platforms. Each adapter is loaded when it is set up. */
import { existsSync } from 'node:fs';
import type { Examined } from '../../chat/slack/examine.ts';
import { systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { isServed } from '../../db/lock.ts';
import { type Connection, openDatabase } from '../../db/open.ts';
import { openFeedStore } from '../../delivery/feed-store.ts';
import { messageOf } from '../../errors.ts';
import { broken, type Finding, note } from '../../finding.ts';
import { silentLog } from '../../log.ts';
import { openInstallations } from '../../workspaces/installations.ts';
import { openSealing } from '../../workspaces/sealing.ts';
import { openWorkspaceStore } from '../../workspaces/workspace-store.ts';

export async function examineChats(config: Config): Promise<Finding[]> {
  return [...(await examineDiscordOf(config)), ...(await examineSlackOf(config))];
}

async function examineDiscordOf({ discord }: Config): Promise<Finding[]> {
  if (!discord) return [note('Discord', 'not set up: set DISCORD_TOKEN to serve it.')];
  const { examineDiscord } = await import('../../chat/discord/examine.ts');
  return [...(await examineDiscord(discord)).findings];
}

async function examineSlackOf(config: Config): Promise<Finding[]> {
  const { slack, databasePath } = config;
  if (!slack) {
    return [note('Slack', 'not set up: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to serve it.')];
  }
  const { COPY_BOT_TOKEN, examineWorkspace } = await import('../../chat/slack/examine.ts');
  const { examineAppToken, examineClient, examineSameApp } = await import('../../chat/slack/examine-app.ts');
  const options = { settings: slack, log: silentLog };
  const { channels, tokens, findings } = await readStored(databasePath, slack, COPY_BOT_TOKEN);
  const examined: Finding[] = [];
  for (const each of tokens) {
    examined.push(...(await examineWorkspace(each, (id) => channels.get(id) ?? [], options)));
  }
  return [
    ...findings,
    ...examined,
    ...(slack.install ? await examineClient(slack.install, options) : []),
    ...(slack.install || slack.botToken === undefined ? [] : await examineSameApp(slack.botToken, options)),
    ...(await examineAppToken(isServed(databasePath), options)),
  ];
}

interface Stored {
  /** That feeds post to, by workspace. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly tokens: readonly Examined[];
  readonly findings: readonly Finding[];
}

const NOBODY = note('Slack', 'no workspace has installed the bot yet: open /slack/install on SLACK_PORT.');

/** What the database knows, without changing it: the bot may be running beside. */
async function readStored(path: string, slack: NonNullable<Config['slack']>, mend: string): Promise<Stored> {
  const { botToken, install } = slack;
  const own = install || botToken === undefined ? [] : [{ token: botToken, mend }];
  if (!existsSync(path)) return { channels: new Map(), tokens: own, findings: install ? [NOBODY] : [] };
  const connection = openDatabase(path, { readonly: true });
  try {
    const channels = await channelsOfFeeds(connection);
    const installed = install
      ? await readInstalled(connection, install.secretKey)
      : { tokens: own, findings: [] };
    return { channels, ...installed };
  } catch (error) {
    // A database of an older program lacks tables.
    const text = `its channels were not looked at: ${messageOf(error)}. The next start brings the database up to date.`;
    return { channels: new Map(), tokens: own, findings: [note('Slack', text)] };
  } finally {
    connection.close();
  }
}

async function channelsOfFeeds(connection: Connection): Promise<Map<string, string[]>> {
  const channels = new Map<string, string[]>();
  for (const { place } of await openFeedStore(connection).active()) {
    if (place.platform !== 'slack') continue;
    const here = channels.get(place.workspace) ?? [];
    if (!here.includes(place.channel)) channels.set(place.workspace, [...here, place.channel]);
  }
  return channels;
}

async function readInstalled(connection: Connection, secretKey: string): Promise<Omit<Stored, 'channels'>> {
  const { readKept } = await import('../../chat/slack/installed.ts');
  const workspaces = openWorkspaceStore(connection);
  const keeper = openInstallations({ workspaces, sealing: await openSealing(secretKey), clock: systemClock });
  const tokens: Examined[] = [];
  const findings: Finding[] = [];
  for (const id of await keeper.all('slack')) {
    try {
      const found = await keeper.find('slack', id);
      const mend = `Let workspace ${id} install the bot again, or forget it: paperboy workspaces forget ${id}`;
      if (found) tokens.push({ token: readKept(found.secret()).token, mend });
    } catch (error) {
      findings.push(broken('Slack', messageOf(error)));
    }
  }
  return { tokens, findings: tokens.length + findings.length === 0 ? [NOBODY] : findings };
}
