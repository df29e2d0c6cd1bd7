/** A claimed row becomes a message: sent, sent again, or found. */

import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { CLOCK_SKEW_MS, SEND_WITHIN_MS } from '../timing.ts';
import { failed, refuseStale } from './on-failure.ts';
import { isTooLate } from './prepare.ts';
import type { Desk } from './publisher-context.ts';
import { settle } from './recovery-action.ts';

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function send(desk: Desk, row: ClaimedDelivery, claimedAt: number): Promise<number | undefined> {
  if (!row.unsure) return post(desk, row, claimedAt);
  try {
    return await recover(desk, row);
  } catch (error) {
    if (desk.signal.aborted) throw error;
    return failed(desk, row, error);
  }
}

/** @param startedAt the claim, or its renewal: in milliseconds since 1970 */
async function post(desk: Desk, row: ClaimedDelivery, startedAt: number): Promise<number | undefined> {
  const { ledger, clock } = desk;
  const now = clock.now().getTime();
  if (now > startedAt + SEND_WITHIN_MS || now < startedAt) {
    // This process was stopped in between, or the clock was set: the lease cannot be trusted to outlive a request.
    const outcome = { unsure: row.unsure, reason: 'it was claimed too long before it was sent' };
    refuseStale(desk, row, await ledger.release(row, now, outcome));
    return now;
  }
  const { port } = desk.outlet;
  try {
    const message = await port.post(row.target, row.card, { key: row.key, title: row.title });
    refuseStale(desk, row, await ledger.posted(row, message, clock.now().getTime()));
    return undefined;
  } catch (error) {
    return failed(desk, row, error);
  }
}

async function recover(desk: Desk, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, outlet } = desk;
  const repeatSafeMs = await outlet.port.repeatSafeMs(row.target);
  const verdictAt = (now: number) => settle(row, now, desk.startedAt, repeatSafeMs);
  // Those that have to wait, of which there are many after a crash, take no turn from those that can be sent.
  if (verdictAt(clock.now().getTime()).kind !== 'wait') await desk.pace.turn(desk.signal);
  if (desk.breaker.isOpen()) return undefined;
  const now = clock.now().getTime();
  const verdict = verdictAt(now);
  switch (verdict.kind) {
    case 'repeat':
      if (!refuseStale(desk, row, await ledger.resend(row, now, false))) return undefined;
      return post(desk, row, now);
    case 'wait': {
      const outcome = { unsure: true, reason: 'an earlier request may still take effect' };
      refuseStale(desk, row, await ledger.release(row, verdict.until, outcome));
      return verdict.until;
    }
    case 'look':
      return look(desk, row);
  }
}

async function look(desk: Desk, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, outlet, log } = desk;
  const { port } = outlet;
  if (!(await port.canFind(row.target))) {
    const reason =
      'it may have been posted, and the bot may not read this channel to see: look, then retry or drop it';
    refuseStale(desk, row, await ledger.end(row, 'parked', reason));
    log.error(
      { id: row.id, place: row.place, day: row.day },
      'a delivery is parked until a person has looked',
    );
    return undefined;
  }
  // A request of its own, and the one after it: each in its turn.
  await desk.pace.turn(desk.signal);
  const since = new Date(Math.max(row.firstTry, row.due) - CLOCK_SKEW_MS);
  const found = await port.findPosted(row.target, row.key, since);
  const now = clock.now().getTime();
  if (found) {
    refuseStale(desk, row, await ledger.posted(row, found, now));
    return undefined;
  }
  if (isTooLate(row, now)) {
    refuseStale(desk, row, await ledger.end(row, 'skipped', 'it could not be posted in time'));
    return undefined;
  }
  if (!refuseStale(desk, row, await ledger.resend(row, now, true))) return undefined;
  // Nothing stands there and nothing is under way: a first try again.
  return post(desk, { ...row, unsure: false }, now);
}
