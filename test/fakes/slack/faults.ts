/** Slack's own refusals as faults, in addition to those of any server (`../faults.ts`). */
import type { CommonFault, Faults } from '../faults.ts';

export type SlackFault =
  /** Status 429; `retryAfter` in whole seconds. */
  | { readonly kind: 'rateLimit'; readonly retryAfter: number }
  /** Refused with one of Slack's error codes, such as `channel_not_found`. */
  | { readonly kind: 'refuse'; readonly error: string };

export type Fault = CommonFault | SlackFault;

export type SlackFaults = Faults<SlackFault>;
