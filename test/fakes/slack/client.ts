/** The real clients, connected to the fake. */
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { FakeSlack } from './start.ts';

/** Errors in these tests are intended. */
const logger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** No retries and no log. */
function optionsFor(slack: FakeSlack, options: webApi.WebClientOptions = {}): webApi.WebClientOptions {
  return {
    slackApiUrl: slack.url,
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...options,
  };
}

/** Posts as the bot must: without linking names and without previews. */
export const QUIET = { link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** Bolt through a socket. `listen` registers its handlers before anything can arrive. */
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

/** Bolt behind its own server, to which the fake sends its requests. */
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

/** The error code of the refusal, or `carried out`. */
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
