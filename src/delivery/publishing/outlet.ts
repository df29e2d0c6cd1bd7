/** One platform to post to, and how much of it may be used. */
import type { PostingPort } from '../../chat/port.ts';

/** An adapter's own limits, from its documentation. */
export interface PostingLimits {
  /** Requests a second, over all places; below what the platform allows, as commands need some of it. */
  readonly perSecond: number;
  /** Requests under way at the same time. */
  readonly inFlight: number;
  /** Requests under way at the same time in one workspace: 1 where the platform counts by workspace. */
  readonly perWorkspace: number;
}

export interface Outlet {
  readonly port: PostingPort;
  readonly limits: PostingLimits;
}
