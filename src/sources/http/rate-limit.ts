/** What a source's headers say about how often it may be asked. */

export interface RateLimit {
  /** Requests left in this window. */
  readonly remaining: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

interface HeaderReader {
  get(name: string): string | null;
}

/** Nobody is believed who asks for more than a day. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * Milliseconds that `Retry-After` asks for: seconds or an HTTP date (RFC 9110, 10.2.3).
 * @returns `undefined` without the header or for what cannot be read
 */
export function readRetryAfter(headers: HeaderReader, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/**
 * `RateLimit: "api";r=499;t=280` (draft-ietf-httpapi-ratelimit-headers, as Hugging Face sends it) or the older
 * `limit=500, remaining=499, reset=280`. A window's length may stand in `RateLimit-Policy` (`"api";q=500;w=300`) alone.
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
