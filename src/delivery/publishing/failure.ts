/** Handles failed requests: retries, ends rows, and disables feeds. */

import type { Refusal } from '../../chat/port.ts';
import { backoffDelay } from '../../resilience/backoff.ts';
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { notifyStopped, notifyTrouble } from '../manager-notices.ts';
import {
  BACKOFF,
  CONFIRM_REFUSAL_MS,
  LONGEST_WAIT_MS,
  NO_THREAD,
  REFUSALS_TO_DISABLE,
  UNCONFIRMED,
} from '../timing.ts';
import { isTooLate } from './prepare.ts';
import type { PublisherContext } from './publisher-context.ts';

/**
 * Handles a permanent error: disables the channel's feeds or ends the row, and tells the manager once.
 * @returns when to retry the row, in milliseconds since 1970; `undefined` when it has ended
 */
async function onPermanentFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  refusal: Refusal,
): Promise<number | undefined> {
  const { ledger, clock, log } = context;
  const { reason, of, isGone } = refusal;
  // A permission may be restored, but not a deleted message. An ambiguous row needs no second attempt, which
  // would only search for the message and fail as well.
  const mayReturn = of === 'place' && !isGone && !row.unsure;
  if (mayReturn && row.refusals + 1 < REFUSALS_TO_DISABLE) {
    const until = clock.now().getTime() + CONFIRM_REFUSAL_MS;
    await ledger.release(row, until, { unsure: false, refused: true, reason });
    return until;
  }
  const isDisabled = row.kind === 'root' && row.state !== 'posted' && of === 'place';
  if (row.state === 'posted') {
    await ledger.endThread(row, reason);
  } else if (isDisabled) {
    // The feed first: after a crash here, this row is tried again, but tomorrow's is not.
    await disable(context, row, refusal);
    await ledger.end(row, 'disabled', reason);
  } else if (of === 'place' && row.kind !== 'notice') {
    // A deleted or locked thread does not affect the channel.
    await ledger.endReplies(row, reason);
  } else {
    await ledger.end(row, 'skipped', reason);
  }
  log.warn({ id: row.id, channel: row.channel, reason }, 'delivery: rejected permanently');
  // Messages and threads are deleted on purpose, so there is no notice.
  if (!isDisabled && !isGone) await notifyTrouble(context, row, refusal);
  return undefined;
}

async function disable(
  context: PublisherContext,
  { channel }: ClaimedDelivery,
  refusal: Refusal,
): Promise<void> {
  // Acquired before any write, so that a stop cannot prevent the notice.
  await context.rateLimiter.acquire(context.signal);
  const stopped = await context.feeds.disableChannel(channel, refusal.reason);
  await notifyStopped(context, channel, stopped, refusal);
}

/** @returns when to retry the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function onFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  error: unknown,
): Promise<number | undefined> {
  const failure = context.port.classifyError(error, row.target);
  const now = context.clock.now().getTime();
  if (failure.kind !== 'permanent' && (await isOver(context, row, now))) return undefined;
  const later = now + backoffDelay(BACKOFF, row.attempt, context.random);
  switch (failure.kind) {
    case 'not-sent': {
      const { reason, retryAfterMs } = failure;
      const asked = retryAfterMs === undefined ? later : now + Math.min(retryAfterMs, LONGEST_WAIT_MS);
      return giveBack(context, row, asked, row.unsure, reason);
    }
    case 'ambiguous':
      return giveBack(context, row, later, true, failure.reason);
    case 'rate-limited': {
      const wait = Math.min(failure.retryAfterMs, LONGEST_WAIT_MS);
      if (failure.everywhere) context.rateLimiter.pause(wait);
      else context.concurrency.pause(row.channel.workspace, wait);
      // Platforms count these as rejected requests.
      context.breaker.failed();
      return giveBack(context, row, now + wait, row.unsure, 'the platform asked to wait');
    }
    case 'permanent':
      context.breaker.failed();
      return onPermanentFailure(context, row, failure);
  }
}

/**
 * Ends a row after its deadline when no other attempt would; `prepare.ts` checks planned rows before each
 * attempt. Downtime does not count.
 */
async function isOver(
  { ledger, startedAt }: PublisherContext,
  row: ClaimedDelivery,
  now: number,
): Promise<boolean> {
  if (!isTooLate({ ...row, due: Math.max(row.due, startedAt) }, now)) return false;
  if (row.state === 'posted') return ledger.endThread(row, NO_THREAD);
  if (!row.unsure) return false;
  if (row.kind === 'notice') return ledger.end(row, 'skipped', UNCONFIRMED);
  return ledger.end(row, 'parked', 'it may have been posted, and the platform did not respond in time');
}

async function giveBack(
  context: PublisherContext,
  row: ClaimedDelivery,
  at: number,
  unsure: boolean,
  reason: string,
) {
  // Delays can be fractions, but the ledger stores whole milliseconds.
  const until = Math.ceil(at);
  warnIfStale(context, row, await context.ledger.release(row, until, { unsure, reason }));
  return until;
}

/** Logs a write with an outdated claim. */
export function warnIfStale(
  { log }: PublisherContext,
  { id, attempt }: ClaimedDelivery,
  accepted: boolean,
): boolean {
  if (!accepted) log.warn({ id, attempt }, 'delivery: stale write rejected');
  return accepted;
}
