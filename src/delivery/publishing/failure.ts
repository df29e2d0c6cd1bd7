/** After a request that failed: when it is made again, and what the failure means for the row, the channel and everybody else. */

import type { Refusal } from '../../chat/port.ts';
import { backoffDelay } from '../../resilience/backoff.ts';
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { notifyStopped, notifyTrouble } from '../manager-notices.ts';
import { BACKOFF, CONFIRM_REFUSAL_MS, LONGEST_WAIT_MS, REFUSALS_TO_DISABLE } from '../timing.ts';
import { isTooLate, NO_THREAD } from './prepare.ts';
import type { PublisherContext } from './publisher-context.ts';

/**
 * A channel that refuses for good is left alone, and its manager told once.
 * @returns when to come back to the row, in milliseconds since 1970; `undefined` when it has ended
 */
async function onPermanentFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  refusal: Refusal,
): Promise<number | undefined> {
  const { ledger, clock, log } = context;
  const { reason, of, isGone } = refusal;
  // A permission may come back; what was deleted does not. There is nothing to confirm about a row whose request was
  // ambiguous: the next try would only look for it, and be refused as well.
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
    // The feed first: should this process end here, the row is tried again, but tomorrow's is not.
    await disable(context, row, refusal);
    await ledger.end(row, 'disabled', reason);
  } else if (of === 'place') {
    // A thread that somebody removed or locked says nothing about the channel.
    await ledger.endReplies(row, reason);
  } else {
    await ledger.end(row, 'skipped', reason);
  }
  log.warn({ id: row.id, channel: row.channel, reason }, 'a place refused a message for good');
  // Whoever removed a message or a thread wanted that.
  if (!isDisabled && !isGone) await notifyTrouble(context, row, refusal);
  return undefined;
}

async function disable(
  context: PublisherContext,
  { channel }: ClaimedDelivery,
  refusal: Refusal,
): Promise<void> {
  // Wait for the turn of the message to the manager before anything is written: a stop must not come between.
  await context.rateLimiter.acquire(context.signal);
  const stopped = await context.feeds.disableChannel(channel, refusal.reason);
  await notifyStopped(context, channel, stopped, refusal);
}

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
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
    case 'not-sent':
      return giveBack(context, row, later, row.unsure, failure.reason);
    case 'ambiguous':
      return giveBack(context, row, later, true, failure.reason);
    case 'rate-limited': {
      const wait = Math.min(failure.retryAfterMs, LONGEST_WAIT_MS);
      if (failure.everywhere) context.rateLimiter.pause(wait);
      else context.concurrency.pause(row.channel.workspace, wait);
      // Platforms count these among the requests that they refused.
      context.breaker.failed();
      return giveBack(context, row, now + wait, row.unsure, 'the platform asked to wait');
    }
    case 'permanent':
      context.breaker.failed();
      return onPermanentFailure(context, row, failure);
  }
}

/**
 * Ends a row whose deadline has passed and that no other try would end: one that waits to be sent is looked at before
 * each try, see `prepare.ts`. The time in which nobody ran does not count.
 */
async function isOver(
  { ledger, startedAt }: PublisherContext,
  row: ClaimedDelivery,
  now: number,
): Promise<boolean> {
  if (!isTooLate({ ...row, due: Math.max(row.due, startedAt) }, now)) return false;
  if (row.state === 'posted') return ledger.endThread(row, NO_THREAD);
  if (!row.unsure) return false;
  return ledger.end(row, 'parked', 'it may have been posted, and the platform could not be asked in time');
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
