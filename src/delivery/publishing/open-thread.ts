/** A posted root gets its thread. Opening it twice is one thread, so nothing needs to be known about earlier tries. */

import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { failed, refuseStale } from './on-failure.ts';
import type { Desk } from './publisher-context.ts';

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function openThread(desk: Desk, row: ClaimedDelivery): Promise<number | undefined> {
  try {
    const root = { ...row.place, message: row.message ?? '' };
    const thread = await desk.outlet.port.openThread(root, row.title);
    refuseStale(desk, row, await desk.ledger.threaded(row, thread, desk.clock.now().getTime()));
    return undefined;
  } catch (error) {
    return failed(desk, { ...row, unsure: false }, error);
  }
}
