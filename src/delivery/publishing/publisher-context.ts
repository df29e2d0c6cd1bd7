/** What every step of a delivery works with. */

import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Feed, FollowedFeeds } from '../../feeds/feed.ts';
import type { CircuitBreaker } from '../../resilience/circuit-breaker.ts';
import type { ConcurrencyLimiter } from '../../resilience/concurrency-limiter.ts';
import type { RateLimiter } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import type { DigestSource } from '../ledger/digest.ts';
import type { DeliveryName, Ledger } from '../ledger/ledger.ts';

/** One platform's desk: its port, its pace, and the ledger that all share. */
export interface PublisherContext {
  readonly port: PostingPort;
  readonly rateLimiter: RateLimiter;
  readonly concurrency: ConcurrencyLimiter;
  readonly breaker: CircuitBreaker;
  readonly ledger: Ledger;
  readonly feeds: FollowedFeeds;
  readonly digestSource: DigestSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** This start of this process. */
  readonly owner: string;
  /** When it took the ledger over, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Aborted when nothing more may begin. */
  readonly signal: AbortSignal;
  /** As of the latest tick; `undefined` when nobody follows by this name any more. */
  feedOf(row: DeliveryName): Feed | undefined;
}
