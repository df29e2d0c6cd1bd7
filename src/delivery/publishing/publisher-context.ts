/** Dependencies of all publishing steps. */

import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { FollowedFeeds } from '../../feeds/followed-feeds.ts';
import type { CircuitBreaker } from '../../resilience/circuit-breaker.ts';
import type { ConcurrencyLimiter } from '../../resilience/concurrency-limiter.ts';
import type { RateLimiter } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import type { DigestSource } from '../ledger/digest.ts';
import type { DeliveryName, Ledger } from '../ledger/ledger.ts';

/** The context of one platform: its port, its limits, and the shared ledger. */
export interface PublisherContext {
  readonly port: PostingPort;
  readonly rateLimiter: RateLimiter;
  /** Rows per read. */
  readonly batch: number;
  readonly concurrency: ConcurrencyLimiter;
  readonly breaker: CircuitBreaker;
  readonly ledger: Ledger;
  readonly feeds: FollowedFeeds;
  readonly digestSource: DigestSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** Unique per process start. */
  readonly owner: string;
  /** Time of taking over the ledger, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Aborted at the stop. */
  readonly signal: AbortSignal;
  /** Returns the feed as of the latest tick; `undefined` when it no longer exists. */
  feedOf(row: DeliveryName): Feed | undefined;
}
