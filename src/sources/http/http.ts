/** Sends one request to a source, bounded in time and memory, and checks the response before it is parsed. */
import type { Response } from 'undici';
import { codeOf } from '../../base/errors.ts';
import { timeoutSignal } from '../../resilience/deadline.ts';
import type { Clock } from '../../time/clock.ts';
import { readText } from './body.ts';
import type { Following } from './following.ts';
import { type RateLimit, readBackoff, readRateLimit, readRetryAfter } from './rate-limit.ts';
import { PRIVATE_ADDRESS, SourceError } from './source-error.ts';

export const USER_AGENT = 'paperboy/0.1 (+research paper bot)';

const TIMEOUT_MS = 30_000;

/** Loads the HTTP library with the first request, because no answer from the store needs it. */
const followRedirects: Following = async (...request) =>
  (await import('./following.ts')).followRedirects(...request);

/** Accepted media types per format. Many servers send the wrong type, but an HTML page is never data. */
const TYPES = {
  json: {
    accept: 'application/json',
    fits: /^(?:application\/(?:[\w.-]+\+)?json|text\/plain|application\/octet-stream)$/,
  },
  xml: {
    accept: 'application/atom+xml, application/xml',
    fits: /^(?:(?:application|text)\/(?:[\w.-]+\+)?xml|text\/plain|application\/octet-stream)$/,
  },
} as const;

/** Largest response in decoded bytes. JSON is parsed on the event loop; 4 MB take under 100 ms. */
const MAX_BYTES = { json: 4 * 1024 * 1024, xml: 20 * 1024 * 1024 } as const;

export interface HttpRequest {
  /** The source's name in messages: `Hugging Face`. */
  readonly source: string;
  readonly url: string;
  readonly format: keyof typeof TYPES;
  /** Sent as JSON by POST. */
  readonly body?: unknown;
  /** In place of GET, or of POST with a body. */
  readonly method?: 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** ETag of the last response. The source may then answer that nothing has changed. */
  readonly etag?: string;
  /** Statuses other than 2xx whose body is returned. */
  readonly allow?: readonly number[];
  /** Names of headers to return, in lower case. */
  readonly read?: readonly string[];
  readonly maxBytes?: number;
  /** Limit from connecting to the last byte. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  /** 304, with an empty text, when nothing has changed since `etag`. */
  readonly status: number;
  readonly text: string;
  readonly etag?: string;
  readonly rateLimit?: RateLimit;
  /** Milliseconds for which the source wants no further request, although it answered this one. */
  readonly backoffMs?: number;
  /** The headers in `read` that were sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends one request. `openHttpClient` adds rate limits and retries.
 * @throws SourceError for any failure; the signal's reason when the caller aborted
 */
export async function fetchText(
  request: HttpRequest,
  clock: Pick<Clock, 'now'>,
  fetching: Following = followRedirects,
): Promise<HttpResponse> {
  const { source, format, signal, timeoutMs = TIMEOUT_MS } = request;
  const limit = timeoutSignal(timeoutMs, signal);
  try {
    const response = await fetching(source, request.url, {
      ...(request.body !== undefined && { method: 'POST', body: JSON.stringify(request.body) }),
      ...(request.method && { method: request.method }),
      headers: headersOf(request),
      signal: limit,
    });
    const fault = faultOf(response, request, clock.now());
    if (fault) {
      // An unread body would keep the connection open.
      await response.body?.cancel();
      throw fault;
    }
    const text =
      response.status === 304 ? '' : await readText(response, source, request.maxBytes ?? MAX_BYTES[format]);
    const etag = response.headers.get('etag');
    const rateLimit = readRateLimit(response.headers);
    const backoffMs = readBackoff(response.headers);
    return {
      status: response.status,
      text,
      ...(etag && { etag }),
      ...(rateLimit && { rateLimit }),
      ...(backoffMs !== undefined && { backoffMs }),
      ...(request.read && { headers: headersIn(response, request.read) }),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceError) throw error;
    const why = limit.aborted
      ? `there was no complete response within ${timeoutMs / 1000} seconds`
      : whyUnreachable(error);
    throw new SourceError('unreachable', `${source} could not be reached: ${why}.`, { cause: error });
  }
}

/** @throws SourceError when the text is not JSON */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what =
      text.trim() === ''
        ? 'nothing'
        : /^\s*</.test(text)
          ? 'a web page instead of data'
          : 'incomplete or damaged JSON';
    throw new SourceError('broken-answer', `${source} returned ${what}.`, { cause });
  }
}

function headersIn({ headers }: Response, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

function headersOf(request: HttpRequest): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: TYPES[request.format].accept,
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...(request.etag !== undefined && { 'if-none-match': request.etag }),
    ...request.headers,
  };
}

function faultOf(
  { status, headers }: Response,
  { source, format, allow, etag }: HttpRequest,
  now: Date,
): SourceError | undefined {
  const retryAfterMs =
    readRetryAfter(headers, now) ?? (status === 429 ? readRateLimit(headers)?.resetMs : undefined);
  const later = retryAfterMs !== undefined && { retryAfterMs };
  if (status === 304 && etag !== undefined) return undefined;
  if (!allow?.includes(status)) {
    if (status === 404)
      return new SourceError('not-found', `${source} found nothing at this address (status 404).`);
    if (status === 429)
      return new SourceError('rate-limited', `${source} is limiting requests.`, { ...later });
    if (status >= 500)
      return new SourceError('unreachable', `${source} is down (status ${status}).`, { ...later });
    if (status < 200 || status >= 300)
      return new SourceError('refused', `${source} rejected the request (status ${status}).`, { status });
  }
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (!type || TYPES[format].fits.test(type)) return undefined;
  if (status >= 400)
    return new SourceError('refused', `${source} rejected the request (status ${status}).`, { status });
  const what = type === 'text/html' ? 'a web page' : type.slice(0, 60);
  return new SourceError('broken-answer', `${source} returned ${what} instead of data.`);
}

/** `fetch` puts the reason into the cause of its error. */
function whyUnreachable(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = codeOf(cause) ?? 'unknown reason';
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name does not exist (check the network)',
  EAI_AGAIN: 'its host name could not be looked up (check the network)',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'it did not respond in time',
  [PRIVATE_ADDRESS]: 'it redirected to a private address',
};
