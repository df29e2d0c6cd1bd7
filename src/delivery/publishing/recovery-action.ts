/**
 * What to do about a row of unknown fate. Pure.
 *
 * A repeat under the same key is safe while the platform still knows the key: counted from the first request, and ended
 * early enough that even a slow repeat arrives in time. After that, only a look can tell, and only when no earlier
 * request can still take effect: else it would land after the look.
 */
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { LEASE_MS } from '../timing.ts';

export type RecoveryAction =
  | { readonly kind: 'resend' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'verify' };

/**
 * All in milliseconds, instants since 1970.
 * @param startedAt when this process took the ledger over: what the one before it sent last may be younger than its row says
 * @param idempotencyWindowMs for how long the platform makes sure that a key makes no second message
 */
export function recoveryAction(
  { firstTry, lastTry }: Pick<ClaimedDelivery, 'firstTry' | 'lastTry'>,
  now: number,
  startedAt: number,
  idempotencyWindowMs: number,
): RecoveryAction {
  const age = now - firstTry;
  if (age >= 0 && age <= idempotencyWindowMs - LEASE_MS) return { kind: 'resend' };
  // Dated later than now, the start says nothing: the clock was set back since.
  const over = Math.max(lastTry, startedAt <= now ? startedAt : 0) + LEASE_MS;
  return now < over ? { kind: 'wait', until: over } : { kind: 'verify' };
}
