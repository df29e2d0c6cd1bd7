/**
 * Decides how to recover an ambiguous row. Pure.
 *
 * A resend with the same key is safe while the platform remembers the key, counted from the first request,
 * and with enough time for a slow resend. After that the message must be looked up, but only when no earlier
 * request can still take effect after the lookup.
 */
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { LEASE_MS } from '../timing.ts';

export type RecoveryAction =
  | { readonly kind: 'resend' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'verify' };

/**
 * All values are in milliseconds, instants since 1970.
 * @param startedAt when this process took over the ledger; an earlier process may have sent a later request
 * than stored
 * @param idempotencyWindowMs time for which the platform posts no second message with the same key
 */
export function recoveryAction(
  { firstTry, lastTry }: Pick<ClaimedDelivery, 'firstTry' | 'lastTry'>,
  now: number,
  startedAt: number,
  idempotencyWindowMs: number,
): RecoveryAction {
  const age = now - firstTry;
  if (age >= 0 && age <= idempotencyWindowMs - LEASE_MS) return { kind: 'resend' };
  // A start in the future is ignored, because the clock was set back.
  const over = Math.max(lastTry, startedAt <= now ? startedAt : 0) + LEASE_MS;
  return now < over ? { kind: 'wait', until: over } : { kind: 'verify' };
}
