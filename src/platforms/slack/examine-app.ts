/**
 * Checks the credentials of a Slack app: the app token, the client id and secret, and that tokens belong
 * together.
 */

import { type Diagnostic, failing, info, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { systemClock } from '../../time/clock.ts';
import { openWebClient } from './connection/client.ts';
import { refusalOf } from './connection/errors.ts';
import { openSockets, refusalFor } from './connection/sockets.ts';
import { type ExamineOptions, unreachable } from './examine.ts';

const APP_TOKEN = 'Slack, app token';

/**
 * Opens a connection and closes it at once. While the bot is running it only requests an address, because
 * Slack would send the new connection a share of the commands. Never throws.
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
      return [ok(subject, 'allowed to open a socket; the running bot has its own')];
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

/** Slack's error for an unknown code. It checks the client id and secret first. */
const CLIENT_KNOWN = 'invalid_code';
const WRONG_CLIENT: ReadonlyMap<string, string> = new Map([
  ['invalid_client_id', 'Slack does not recognise SLACK_CLIENT_ID'],
  ['bad_client_secret', 'SLACK_CLIENT_SECRET does not belong to SLACK_CLIENT_ID'],
]);

interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Checks the client id and secret, for workspaces that install the app themselves. Never throws. */
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
        failing(
          subject,
          `${wrong}. Copy both from api.slack.com/apps → Basic Information → App Credentials.`,
        ),
      ];
    }
    if (word !== CLIENT_KNOWN) return [info(subject, `not checked: Slack returned ${word}.`)];
  }
  return [ok(subject, 'client ID and secret are valid')];
}

/** An app-level token contains the app id. */
const APP_IN_TOKEN = /^xapp-\d+-(A[A-Z0-9]+)-/;

/**
 * Checks that both tokens belong to the same app. Otherwise each works alone, but no command ever arrives.
 * Never throws.
 */
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
        `it belongs to app ${app}, but SLACK_BOT_TOKEN to ${bot.app_id}. Copy both from the same app at api.slack.com/apps.`,
      ),
    ];
  } catch {
    // Errors of the bot token are reported by its own check.
    return [];
  }
}
