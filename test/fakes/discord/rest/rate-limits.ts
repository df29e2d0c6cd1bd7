/** Rate limits, if a test turns them on: https://docs.discord.com/developers/topics/rate-limits */
import type { Found } from './route.ts';

/** A bot's requests a second, except for the interaction endpoints. */
export const GLOBAL_PER_SECOND = 50;

/**
 * Requests and milliseconds. Discord's figures are undocumented and change; a bot reads them from the
 * headers.
 */
const BUCKETS: Readonly<Record<string, readonly [limit: number, windowMs: number]>> = {
  'POST /channels/:channel/messages': [5, 5_000],
  'PATCH /channels/:channel/messages/:message': [5, 5_000],
  'DELETE /channels/:channel/messages/:message': [5, 1_000],
  'GET /channels/:channel/messages': [5, 5_000],
  'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': [1, 250],
  'POST /channels/:channel/messages/:message/threads': [10, 5_000],
};

interface Bucket {
  left: number;
  resetsAt: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; undefined if the request may pass. */
  readonly retryAfter?: number;
  readonly global?: boolean;
}

export interface RateLimits {
  /** Uses the machine's clock, because the client waits by it. */
  judge(found: Found): Verdict;
}

export const UNLIMITED: RateLimits = { judge: () => ({ headers: {} }) };

export function openRateLimits(): RateLimits {
  const buckets = new Map<string, Bucket>();
  let second = 0;
  let inSecond = 0;

  function overGlobal(now: number): boolean {
    if (now - second >= 1_000) {
      second = now;
      inSecond = 0;
    }
    return ++inSecond > GLOBAL_PER_SECOND;
  }

  return {
    judge({ route, params }) {
      const now = Date.now();
      if (!route.open && overGlobal(now)) {
        return { headers: {}, retryAfter: (second + 1_000 - now) / 1_000, global: true };
      }
      const name = `${route.method} ${route.path}`;
      const [limit, windowMs] = BUCKETS[name] ?? [];
      if (limit === undefined || windowMs === undefined) return { headers: {} };
      const key = `${name} ${params['channel'] ?? ''}`;
      let bucket = buckets.get(key);
      if (!bucket || bucket.resetsAt <= now) {
        bucket = { left: limit, resetsAt: now + windowMs };
        buckets.set(key, bucket);
      }
      const after = (bucket.resetsAt - now) / 1_000;
      const headers = {
        'x-ratelimit-bucket': Buffer.from(name).toString('hex').slice(-32),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, bucket.left - 1)),
        'x-ratelimit-reset': String(bucket.resetsAt / 1_000),
        'x-ratelimit-reset-after': String(after),
      };
      if (bucket.left === 0) return { headers, retryAfter: after };
      bucket.left--;
      return { headers };
    },
  };
}
