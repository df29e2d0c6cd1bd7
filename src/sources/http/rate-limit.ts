/** Reads the rate limit headers of a source. */

export interface RateLimit {
  /** Requests left in this window. */
  readonly remaining: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

interface HeaderReader {
  get(name: string): string | null;
}

/** Longer waits are capped at a day. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * Reads `Retry-After`, given in seconds or as an HTTP date (RFC 9110, 10.2.3), as milliseconds.
 * @returns `undefined` without the header or for a malformed value
 */
export function readRetryAfter(headers: HeaderReader, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/** Reads `Backoff: 30`, seconds for which Zotero wants no request, as milliseconds. */
export function readBackoff(headers: HeaderReader): number | undefined {
  const value = headers.get('backoff')?.trim();
  return value && /^\d+$/.test(value) ? Math.min(Number(value) * 1000, LONGEST_WAIT_MS) : undefined;
}

/**
 * Reads `RateLimit: "api";r=499;t=280` (draft-ietf-httpapi-ratelimit-headers, as Hugging Face sends it) or
 * the older `limit=500, remaining=499, reset=280`. The length of the window may only be in `RateLimit-Policy`
 * (`"api";q=500;w=300`).
 */
export function readRateLimit(headers: HeaderReader): RateLimit | undefined {
  const limit = headers.get('ratelimit');
  if (limit === null) return undefined;
  const remaining = numberAfter(limit, 'r|remaining');
  const seconds = numberAfter(limit, 't|reset') ?? numberAfter(headers.get('ratelimit-policy') ?? '', 'w');
  if (remaining === undefined || seconds === undefined) return undefined;
  return { remaining, resetMs: Math.min(seconds * 1000, LONGEST_WAIT_MS) };
}

function numberAfter(header: string, names: string): number | undefined {
  const found = new RegExp(String.raw`(?:^|[;,\s])(?:${names})\s*=\s*(\d{1,9})(?!\d)`, 'i').exec(header)?.[1];
  return found === undefined ? undefined : Number(found);
}
