/** The real clients, pointed at the fake. */
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { FakeSlack } from './start.ts';

/** What goes wrong in a test is meant to. */
const logger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** Nothing is tried twice, and nothing is logged. */
function optionsFor(slack: FakeSlack, options: webApi.WebClientOptions = {}): webApi.WebClientOptions {
  return {
    slackApiUrl: slack.url,
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...options,
  };
}

/** Posts as the bot must: no names are linked, no previews grow. */
export const QUIET = { link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** Bolt through a socket; `listen` puts its handlers on before anything can arrive. */
export async function openSocketApp(slack: FakeSlack, listen: (app: App) => void = () => {}): Promise<App> {
  const clientOptions = optionsFor(slack);
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger,
    clientPingTimeout: 200,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logger });
  listen(app);
  onTestFinished(async () => {
    await app.stop();
  });
  await app.start();
  return app;
}

/** Bolt behind a server of its own, to which the fake sends its requests. */
export async function openHttpApp(slack: FakeSlack, listen: (app: App) => void = () => {}): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger });
  const clientOptions = optionsFor(slack);
  const app = new App({ token: slack.botToken, receiver, clientOptions, logger });
  listen(app);
  onTestFinished(async () => {
    await app.stop();
  });
  const server = await receiver.start(0);
  const { port } = server.address() as AddressInfo;
  slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return app;
}

export function openWebClient(
  slack: FakeSlack,
  options: webApi.WebClientOptions = {},
  token = slack.botToken,
): webApi.WebClient {
  return new webApi.WebClient(token, optionsFor(slack, options));
}

/** The word that a request was refused with, or `carried out`. */
export async function errorOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'carried out';
  } catch (error) {
    const { data } = error as {
      readonly code?: webApi.ErrorCode;
      readonly data?: { readonly error?: string };
    };
    if (data?.error) return data.error;
    throw error;
  }
}
