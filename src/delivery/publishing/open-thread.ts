/** A posted root gets its thread. Opening it twice is one thread, so nothing needs to be known about earlier tries. */

import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { onFailure, warnIfStale } from './on-failure.ts';
import type { PublisherContext } from './publisher-context.ts';

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function openThread(
  context: PublisherContext,
  row: ClaimedDelivery,
): Promise<number | undefined> {
  try {
    const root = { ...row.channel, message: row.message ?? '' };
    const thread = await context.outlet.port.openThread(root, row.title);
    warnIfStale(context, row, await context.ledger.threaded(row, thread, context.clock.now().getTime()));
    return undefined;
  } catch (error) {
    return onFailure(context, { ...row, unsure: false }, error);
  }
}
