/** Checks a Slack app by its own secrets: the socket, the client that workspaces install, and whether tokens belong together. */

import { type Diagnostic, failing, info, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { openWebClient } from './connection/client.ts';
import { refusalOf } from './connection/errors.ts';
import { openSockets, refusalFor } from './connection/sockets.ts';
import { type ExamineOptions, unreachable } from './examine.ts';

const APP_TOKEN = 'Slack, app token';

/**
 * Opens a connection and closes it at once. Not while the bot is running: Slack would give the new connection a share of what people
 * type, so then Slack is only asked for an address. Never throws.
 */
export async function examineAppToken(
  running: boolean,
  { settings, log }: ExamineOptions,
): Promise<Diagnostic[]> {
  const { appToken, apiUrl } = settings;
  if (appToken === undefined) return [];
  const subject = APP_TOKEN;
  if (running) {
    try {
      await openWebClient(appToken, apiUrl, log).apps.connections.open({});
      return [ok(subject, 'may open a socket; the running bot has its own')];
    } catch (error) {
      return [failing(subject, refusalFor(error)?.message ?? unreachable(error))];
    }
  }
  const sockets = openSockets({ appToken, apiUrl, clock: systemClock, log, onDeath: () => {} });
  try {
    await sockets.start();
    return [ok(subject, 'opens a socket')];
  } catch (error) {
    return [failing(subject, messageOf(error))];
  } finally {
    await sockets.stop();
  }
}

/** What Slack says of a code that it never gave: it looks at the client's id and secret first. */
const CLIENT_KNOWN = 'invalid_code';
const WRONG_CLIENT: ReadonlyMap<string, string> = new Map([
  ['invalid_client_id', 'Slack does not know SLACK_CLIENT_ID'],
  ['bad_client_secret', 'SLACK_CLIENT_SECRET is not that of SLACK_CLIENT_ID'],
]);

interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The id and secret by which workspaces install the app. Never throws. */
export async function examineClient(
  { clientId, clientSecret }: ClientOptions,
  { settings, log }: ExamineOptions,
): Promise<Diagnostic[]> {
  const subject = 'Slack, client';
  try {
    await openWebClient('', settings.apiUrl, log).oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      code: 'paperboy-asks-who-it-is',
    });
  } catch (error) {
    const word = refusalOf(error);
    if (word === undefined) return [failing(subject, unreachable(error))];
    const wrong = WRONG_CLIENT.get(word);
    if (wrong !== undefined) {
      return [
        failing(subject, `${wrong}. Copy both of api.slack.com/apps → Basic Information → App Credentials.`),
      ];
    }
    if (word !== CLIENT_KNOWN) return [info(subject, `Slack does not say whether they are right (${word}).`)];
  }
  return [ok(subject, 'Slack knows the app by its id and secret')];
}

/** An app-level token names its app. */
const APP_IN_TOKEN = /^xapp-\d+-(A[A-Z0-9]+)-/;

/** Whether both tokens are of one app: of two, each works alone, and no command ever arrives. Never throws. */
export async function examineSameApp(
  botToken: string,
  { settings: { appToken = '', apiUrl }, log }: ExamineOptions,
): Promise<Diagnostic[]> {
  const [, app] = APP_IN_TOKEN.exec(appToken) ?? [];
  if (app === undefined) return [];
  try {
    const client = openWebClient(botToken, apiUrl, log);
    const { bot_id: id } = await client.auth.test();
    const { bot } = await client.bots.info(id === undefined ? {} : { bot: id });
    if (bot?.app_id === undefined || bot.app_id === app) return [];
    return [
      failing(
        APP_TOKEN,
        `it is of the app ${app}, and SLACK_BOT_TOKEN of ${bot.app_id}. Copy both of the same app at api.slack.com/apps.`,
      ),
    ];
  } catch {
    // What is wrong with the bot's token, its own check says.
    return [];
  }
}
