/** Slack Web API clients: no retries, a timeout of ten seconds, errors in our own log. */
import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import { timeoutSignal } from '../../../resilience/deadline.ts';
import { isDead } from './errors.ts';

export interface SlackSettings {
  /** `xoxb-…` of the only workspace. Absent when workspaces install the app themselves. */
  readonly botToken: string | undefined;
  /** `xapp-…`, for events through Socket Mode. */
  readonly appToken: string | undefined;
  /** For events as signed requests to `port`, without an app token. */
  readonly signingSecret: string | undefined;
  readonly port: number;
  /** `https://slack.com/api`. */
  readonly apiUrl: string;
}

/** Milliseconds after which a request counts as unanswered. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Slack allows "several hundred messages per minute" per workspace, and one per second per channel, which
 * `posting.ts` limits. One request at a time per workspace, so that throttled messages keep their order.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export const POSTING_LIMITS = { perSecond: 100, inFlight: 64, perWorkspace: 1 } as const;

/**
 * Disables the library's retries, which could post a message twice, and its silent waits for rate limits. The
 * program handles both.
 */
export function clientOptions(apiUrl: string, log: Logger): webApi.WebClientOptions {
  return {
    slackApiUrl: `${apiUrl}/`,
    logger: toSlackLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    // Requests to a response URL have no timeout by default. Slack never redirects.
    fetch: (url, init) =>
      fetch(url, { signal: timeoutSignal(REQUEST_TIMEOUT_MS), redirect: 'error', ...init }),
  };
}

export function openWebClient(token: string, apiUrl: string, log: Logger): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(apiUrl, log));
}

/** @param onDead called whenever Slack reports that the token is dead */
export function openWatchedClient(
  token: string,
  apiUrl: string,
  log: Logger,
  onDead: () => void,
): webApi.WebClient {
  return new WatchedClient(token, clientOptions(apiUrl, log), onDead);
}

/** Overrides `apiCall`, which all methods of the library use. */
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

/** Logs warnings and errors only, because the library's other lines contain message text. */
export function toSlackLogger(log: Logger): SlackLogger {
  const line = (parts: readonly unknown[]) => parts.map(String).join(' ');
  return {
    debug: () => {},
    info: () => {},
    // Failures are also thrown, and the catching code logs them with their context.
    warn: (...parts: unknown[]) => log.debug({ slack: line(parts) }, 'slack: client warning'),
    error: (...parts: unknown[]) => log.debug({ slack: line(parts) }, 'slack: client error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
