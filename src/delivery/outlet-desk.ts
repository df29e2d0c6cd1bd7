/** What every step of a delivery works with. */
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Breaker } from './breaker.ts';
import type { Composer } from './edition.ts';
import type { Feed, FollowedFeeds } from './feed.ts';
import type { Lanes } from './lanes.ts';
import type { DeliveryName, Ledger } from './ledger.ts';
import type { Outlet } from './outlet.ts';
import type { Pace } from './pace.ts';

/** One platform's desk: its port, its pace, and the ledger that all share. */
export interface Desk {
  readonly outlet: Outlet;
  readonly pace: Pace;
  readonly lanes: Lanes;
  readonly breaker: Breaker;
  readonly ledger: Ledger;
  readonly feeds: FollowedFeeds;
  readonly composer: Composer;
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
