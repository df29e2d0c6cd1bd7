/** One platform to post to, and how much of it may be used. */
import type { PostingLimits, PostingPort } from '../../chat/port.ts';

export interface Outlet {
  readonly port: PostingPort;
  readonly limits: PostingLimits;
}
