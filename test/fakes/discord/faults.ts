/** Discord's own refusals as faults, in addition to those of any server (`../faults.ts`). */
import type { CommonFault, Faults } from '../faults.ts';

export type DiscordFault =
  /** `retryAfter` in seconds. `shared`: caused by another bot, so it does not count as an invalid request. */
  | { readonly kind: 'rateLimit'; readonly retryAfter: number; readonly scope?: 'user' | 'global' | 'shared' }
  /** Refused with one of Discord's JSON codes, such as 403 and 50001. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: number; readonly message?: string };

export type Fault = CommonFault | DiscordFault;

export type DiscordFaults = Faults<DiscordFault>;
