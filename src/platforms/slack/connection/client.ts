/** How requests go to Slack: once, within ten seconds, and with what goes wrong in our own log. */
import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import { timeoutSignal } from '../../../resilience/deadline.ts';
import { isDead } from './errors.ts';

export interface SlackSettings {
  /** `xoxb-…`, of the one workspace that is served. Absent where workspaces install the app themselves. */
  readonly botToken: string | undefined;
  /** `xapp-…`: events come through a socket. */
  readonly appToken: string | undefined;
  /** Without an app token, events come as signed requests to `port`. */
  readonly signingSecret: string | undefined;
  readonly port: number;
  /** `https://slack.com/api`. */
  readonly apiUrl: string;
}

/** Milliseconds after which a request counts as unanswered. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Slack counts by workspace, "several hundred messages per minute", and one a second in a channel, which
 * `posting.ts` keeps to. One at a time in a workspace, so that what it throttles waits in its turn.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export const POSTING_LIMITS = { perSecond: 100, inFlight: 64, perWorkspace: 1 } as const;

/**
 * By itself the library repeats what failed for half an hour, which posts again what was posted already, and
 * waits out rate limits in silence. Here it does neither: the program decides.
 */
export function clientOptions(apiUrl: string, log: Logger): webApi.WebClientOptions {
  return {
    slackApiUrl: `${apiUrl}/`,
    logger: toSlackLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    // Answers to the address that comes with an interaction have no timeout of their own. Slack redirects to
    // no other server.
    fetch: (url, init) =>
      fetch(url, { signal: timeoutSignal(REQUEST_TIMEOUT_MS), redirect: 'error', ...init }),
  };
}

export function openWebClient(token: string, apiUrl: string, log: Logger): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(apiUrl, log));
}

/** @param onDead told each time that Slack answers that the token is dead */
export function openWatchedClient(
  token: string,
  apiUrl: string,
  log: Logger,
  onDead: () => void,
): webApi.WebClient {
  return new WatchedClient(token, clientOptions(apiUrl, log), onDead);
}

/** All methods of the library go through this one. */
class WatchedClient extends webApi.WebClient {
  readonly #onDead: () => void;

  constructor(token: string, options: webApi.WebClientOptions, onDead: () => void) {
    super(token, options);
    this.#onDead = onDead;
  }

  override async apiCall(...call: Parameters<webApi.WebClient['apiCall']>): Promise<webApi.WebAPICallResult> {
    try {
      return await super.apiCall(...call);
    } catch (error) {
      if (isDead(error)) this.#onDead();
      throw error;
    }
  }
}

/** Only what is wrong: the library's other lines tell what people wrote. */
export function toSlackLogger(log: Logger): SlackLogger {
  const line = (parts: readonly unknown[]) => parts.map(String).join(' ');
  return {
    debug: () => {},
    info: () => {},
    // Failures come to us as errors, and are logged once, by whoever can say what they mean.
    warn: (...parts: unknown[]) => log.debug({ slack: line(parts) }, 'the Slack client warns'),
    error: (...parts: unknown[]) => log.debug({ slack: line(parts) }, 'the Slack client reports an error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
