/** After a request that failed: what its fate says about the row, the place, and everybody else. */

import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { LONGEST_WAIT_MS } from '../timing.ts';
import { retryDelay } from './back-off.ts';
import { onPermanentFailure } from './on-permanent-failure.ts';
import type { PublisherContext } from './publisher-context.ts';

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function onFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  error: unknown,
): Promise<number | undefined> {
  const failure = context.outlet.port.classifyError(error);
  const now = context.clock.now().getTime();
  const later = now + retryDelay(row.attempt, context.random);
  switch (failure.kind) {
    case 'not-sent':
      return giveBack(context, row, later, row.unsure, failure.reason);
    case 'ambiguous':
      return giveBack(context, row, later, true, failure.reason);
    case 'rate-limited': {
      const wait = Math.min(failure.retryAfterMs, LONGEST_WAIT_MS);
      if (failure.everywhere) context.rateLimiter.pause(wait);
      else context.concurrency.pause(row.channel.workspace, wait);
      // Platforms count these among the requests that they refused.
      context.breaker.refused();
      return giveBack(context, row, now + wait, row.unsure, 'the platform asked to wait');
    }
    case 'permanent':
      context.breaker.refused();
      return onPermanentFailure(context, row, failure.reason);
  }
}

async function giveBack(
  context: PublisherContext,
  row: ClaimedDelivery,
  at: number,
  unsure: boolean,
  reason: string,
) {
  // Dice and platforms give fractions; the ledger takes whole milliseconds only.
  const until = Math.ceil(at);
  warnIfStale(context, row, await context.ledger.release(row, until, { unsure, reason }));
  return until;
}

/** Says in the log when a write came too late to count. */
export function warnIfStale(
  { log }: PublisherContext,
  { id, attempt }: ClaimedDelivery,
  accepted: boolean,
): boolean {
  if (!accepted) log.warn({ id, attempt }, 'a stale write to the ledger was refused');
  return accepted;
}
