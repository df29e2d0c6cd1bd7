/** Rate limits, if a test turns them on: https://docs.slack.dev/apis/web-api/rate-limits */
import type { FakeWorkspace } from '../model.ts';
import type { JsonObject } from '../wire.ts';
import type { Method } from './method.ts';

/** One message a second in each channel, with "short bursts" allowed. Their length is undocumented. */
const POSTS_BURST = 5;
const POSTS_EVERY_MS = 1_000;
const MINUTE_MS = 60_000;
const POSTING: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.postEphemeral']);

export interface RateLimits {
  /** Whole seconds to wait; undefined if the request may pass. */
  judge(method: Method, workspace: FakeWorkspace | undefined, args: JsonObject): number | undefined;
}

export const UNLIMITED: RateLimits = { judge: () => undefined };

interface Bucket {
  level: number;
  at: number;
}

/**
 * Leaky buckets by the test's clock: for each method and workspace, and for each channel that is posted to.
 */
export function openRateLimits(now: () => number): RateLimits {
  const buckets = new Map<string, Bucket>();

  function pour(key: string, capacity: number, everyMs: number): number | undefined {
    const bucket = buckets.get(key) ?? { level: 0, at: now() };
    buckets.set(key, bucket);
    bucket.level = Math.max(0, bucket.level - (now() - bucket.at) / everyMs);
    bucket.at = now();
    if (bucket.level + 1 > capacity)
      return Math.max(1, Math.ceil(((bucket.level + 1 - capacity) * everyMs) / 1_000));
    bucket.level++;
    return undefined;
  }

  return {
    judge({ name, perMinute }, workspace, args) {
      const where = workspace?.id ?? 'app';
      if (POSTING.has(name)) {
        const wait = pour(`${where} ${String(args['channel'])}`, POSTS_BURST, POSTS_EVERY_MS);
        if (wait !== undefined) return wait;
      }
      return pour(`${where} ${name}`, perMinute, MINUTE_MS / perMinute);
    },
  };
}
