/** HTTP client of one source: rate limited, with retries where they help. */
import { backoffDelay, type Random } from '../../resilience/backoff.ts';
import { retry } from '../../resilience/retry.ts';
import type { Clock } from '../../time/clock.ts';
import { fetchText, type HttpRequest, type HttpResponse } from './http.ts';
import { openSourcePace, type PaceRules } from './pace.ts';
import { SourceError } from './source-error.ts';

/** Retries after the first attempt. After that, the poller tries again minutes later. */
const RETRIES = 2;
const FIRST_DELAY_MS = 1_500;
const LONGEST_DELAY_MS = 10_000;

export type HttpClient = (request: Omit<HttpRequest, 'source'>) => Promise<HttpResponse>;

interface HttpClientOptions extends PaceRules {
  readonly clock: Clock;
  /** Approximate milliseconds before the second attempt; twice that before the third. */
  readonly retryDelayMs?: number;
  readonly random?: Random | undefined;
}

/** Retries only unreachable sources, and not when the source sent a time to wait. */
export function openHttpClient({
  clock,
  retryDelayMs = FIRST_DELAY_MS,
  random,
  ...rules
}: HttpClientOptions): HttpClient {
  const pace = openSourcePace(rules, clock);
  return ({ signal, ...request }) =>
    retry(
      () =>
        pace.run(
          () => fetchText({ ...request, source: rules.source, ...(signal && { signal }) }, clock),
          signal,
        ),
      {
        retries: RETRIES,
        pauseAfter: (error, failures) =>
          error instanceof SourceError && error.kind === 'unreachable' && error.retryAfterMs === undefined
            ? backoffDelay({ firstMs: retryDelayMs, longestMs: LONGEST_DELAY_MS }, failures, random)
            : undefined,
        clock,
        signal,
      },
    );
}

/**
 * Joins a base URL and a path. The base may already contain the beginning of the path: both
 * `https://export.arxiv.org` and `https://export.arxiv.org/api/query` result in `/api/query`.
 * @param path begins with a slash
 */
export function addressUnder(base: string, path: string): URL {
  const url = new URL(base);
  const has = url.pathname.replace(/\/+$/, '');
  const parts = path.split('/');
  const shared = parts.findLastIndex((_, end) => end > 0 && has.endsWith(parts.slice(0, end + 1).join('/')));
  url.pathname =
    has +
    (shared > 0
      ? parts
          .slice(shared + 1)
          .map((part) => `/${part}`)
          .join('')
      : path);
  return url;
}
