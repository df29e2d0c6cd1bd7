/** After a request that failed: what its fate says about the row, the place, and everybody else. */

import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { LONGEST_WAIT_MS } from '../timing.ts';
import { backOff } from './back-off.ts';
import { refused } from './on-permanent-failure.ts';
import type { Desk } from './publisher-context.ts';

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function failed(desk: Desk, row: ClaimedDelivery, error: unknown): Promise<number | undefined> {
  const fate = desk.outlet.port.fateOf(error);
  const now = desk.clock.now().getTime();
  const later = now + backOff(row.attempt, desk.random);
  switch (fate.kind) {
    case 'not-sent':
      return giveBack(desk, row, later, row.unsure, fate.reason);
    case 'ambiguous':
      return giveBack(desk, row, later, true, fate.reason);
    case 'rate-limited': {
      const wait = Math.min(fate.retryAfterMs, LONGEST_WAIT_MS);
      if (fate.everywhere) desk.pace.pause(wait);
      else desk.lanes.pause(row.place.workspace, wait);
      // Platforms count these among the requests that they refused.
      desk.breaker.refused();
      return giveBack(desk, row, now + wait, row.unsure, 'the platform asked to wait');
    }
    case 'permanent':
      desk.breaker.refused();
      return refused(desk, row, fate.reason);
  }
}

async function giveBack(desk: Desk, row: ClaimedDelivery, at: number, unsure: boolean, reason: string) {
  // Dice and platforms give fractions; the ledger takes whole milliseconds only.
  const until = Math.ceil(at);
  refuseStale(desk, row, await desk.ledger.release(row, until, { unsure, reason }));
  return until;
}

/** Says in the log when a write came too late to count. */
export function refuseStale({ log }: Desk, { id, attempt }: ClaimedDelivery, accepted: boolean): boolean {
  if (!accepted) log.warn({ id, attempt }, 'a stale write to the ledger was refused');
  return accepted;
}
