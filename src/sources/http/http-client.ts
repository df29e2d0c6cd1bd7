/** How one source is asked: at its pace, with second attempts where they may help. */
import { backoffDelay, type Random } from '../../resilience/backoff.ts';
import { retry } from '../../resilience/retry.ts';
import type { Clock } from '../../time/clock.ts';
import { fetchText, type HttpRequest, type HttpResponse } from './http.ts';
import { openSourcePace, type PaceRules } from './pace.ts';
import { SourceError } from './source-error.ts';

/** After the first attempt. What still fails then is asked again by the poller, minutes later. */
const RETRIES = 2;
const FIRST_DELAY_MS = 1_500;
const LONGEST_DELAY_MS = 10_000;

type HttpClient = (request: Omit<HttpRequest, 'source'>) => Promise<HttpResponse>;

interface HttpClientOptions extends PaceRules {
  readonly clock: Clock;
  /** Milliseconds before the second attempt, about; twice that before the third. */
  readonly retryDelayMs?: number;
  readonly random?: Random | undefined;
}

/** Only what could not be reached is asked again at once, and not when the source named a time for it. */
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
 * An address under a base that may already hold the beginning of the path: both `https://export.arxiv.org`
 * and `https://export.arxiv.org/api/query` lead to `/api/query`.
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
