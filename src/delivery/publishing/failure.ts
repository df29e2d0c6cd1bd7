/** After a request that failed: when it is made again, and what the failure means for the row, the channel and everybody else. */

import { sentence } from '../../chat/card.ts';
import { backoffDelay } from '../../resilience/backoff.ts';
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { BACKOFF, CONFIRM_REFUSAL_MS, LONGEST_WAIT_MS, REFUSALS_TO_DISABLE } from '../timing.ts';
import type { PublisherContext } from './publisher-context.ts';

/**
 * A channel that refuses for good is left alone, and its manager told once.
 * @returns when to come back to the row, in milliseconds since 1970; `undefined` when it has ended
 */
async function onPermanentFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  reason: string,
): Promise<number | undefined> {
  const { ledger, clock, log } = context;
  // Of a row of unknown fate there is nothing to confirm: the next try would be a look, refused as well.
  if (row.refusals + 1 < REFUSALS_TO_DISABLE && !row.unsure) {
    const until = clock.now().getTime() + CONFIRM_REFUSAL_MS;
    await ledger.release(row, until, { unsure: false, refused: true, reason });
    return until;
  }
  if (row.state === 'posted') {
    await ledger.endThread(row, reason);
  } else if (row.kind === 'root') {
    // The feed first: should this process end here, the row is tried again, but tomorrow's is not.
    await disable(context, row, reason);
    await ledger.end(row, 'disabled', reason);
  } else {
    // A thread that somebody removed or locked says nothing about the channel.
    await ledger.end(row, 'skipped', reason);
  }
  log.warn({ id: row.id, channel: row.channel, reason }, 'a place refused a message for good');
  return undefined;
}

async function disable(
  context: PublisherContext,
  { channel }: ClaimedDelivery,
  reason: string,
): Promise<void> {
  const { feeds, port, log } = context;
  // The turn of the word to the manager, before anything is written: a stop must not come between.
  await context.rateLimiter.acquire(context.signal);
  const stopped = await feeds.disableChannel(channel, reason);
  const managers = new Set(stopped.flatMap(({ manager }) => (manager === undefined ? [] : [manager])));
  const card = sentence(
    `Nothing is posted to ${channel.channel} any more: ${reason} Once that is changed, /paperfeed resume goes on.`,
    'problem',
  );
  for (const manager of managers) {
    const told = await port.sendDirectMessage(channel.workspace, manager, card).catch((error: unknown) => {
      log.warn({ err: error }, 'a manager could not be told');
      return false;
    });
    if (!told) log.info({ channel }, 'nobody could be told that a feed is disabled');
  }
}

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function onFailure(
  context: PublisherContext,
  row: ClaimedDelivery,
  error: unknown,
): Promise<number | undefined> {
  const failure = context.port.classifyError(error);
  const now = context.clock.now().getTime();
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
