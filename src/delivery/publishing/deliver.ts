/** Takes one row of the ledger to its message: prepared, claimed, sent or found again, and what follows when that fails. */

import { messageOf } from '../../base/errors.ts';
import { sentence } from '../../chat/card.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { ComposeOutcome } from '../ledger/digest.ts';
import type { ClaimedDelivery, DueDelivery } from '../ledger/ledger.ts';
import {
  CATCH_UP_MS,
  CLOCK_SKEW_MS,
  CONFIRM_REFUSAL_MS,
  FIRST_BACK_OFF_MS,
  LONGEST_BACK_OFF_MS,
  LONGEST_WAIT_MS,
  REFUSALS_TO_DISABLE,
  SEND_WITHIN_MS,
  THREAD_CATCH_UP_MS,
  WAIT_EVERY_MS,
  WAIT_LIMIT_MS,
} from '../timing.ts';
import type { PublisherContext } from './publisher-context.ts';
import { recoveryAction } from './recovery-action.ts';

/** True when the row can be claimed: its content is fixed, and there is still reason to post it. */
export async function prepare(context: PublisherContext, row: DueDelivery): Promise<boolean> {
  // What may have been sent is followed to its end, whatever anybody wishes by now.
  if (row.state !== 'planned') return true;
  const now = context.clock.now();
  const feed = row.kind === 'root' ? context.feedOf(row) : undefined;
  const reason = isTooLate(row, now.getTime())
    ? 'it could not be posted in time'
    : row.kind === 'root'
      ? whyNot(feed, row)
      : undefined;
  if (reason !== undefined) {
    await context.ledger.skip(row.id, reason);
    return false;
  }
  return row.frozen || feed === undefined || (await compose(context, row, feed, now));
}

/** A list too old to post, a thread too old to go on with. */
export function isTooLate({ kind, due }: DueDelivery, now: number): boolean {
  return now - due > (kind === 'root' ? CATCH_UP_MS : THREAD_CATCH_UP_MS);
}

function whyNot(feed: Feed | undefined, { day }: DueDelivery): string | undefined {
  if (!feed) return 'the channel stopped following';
  if (feed.disabled !== undefined) return feed.disabled;
  if (feed.pausedUntil !== undefined && day < feed.pausedUntil) return `paused until ${feed.pausedUntil}`;
  return undefined;
}

async function compose(
  { digestSource, ledger, log }: PublisherContext,
  row: DueDelivery,
  feed: Feed,
  now: Date,
) {
  const lastChance = now.getTime() - row.due >= WAIT_LIMIT_MS;
  const slot = { day: row.day, due: new Date(row.due) };
  const composed = await digestSource
    .compose(feed, slot, now, lastChance)
    .catch((error: unknown): ComposeOutcome => {
      log.error({ err: error, feed: feed.id, channel: feed.channel }, 'a list could not be composed');
      return { kind: 'wait', reason: messageOf(error), outage: true };
    });
  switch (composed.kind) {
    case 'ready':
      // Refused when somebody else froze it first: then that is what is posted.
      await ledger.freeze(row.id, feed, composed.digest);
      return true;
    case 'skip':
      await ledger.skip(row.id, composed.reason);
      return false;
    case 'wait':
      await ledger.wait(row.id, now.getTime() + WAIT_EVERY_MS, composed.reason, composed.outage !== true);
      return false;
  }
}

// How long to wait before a request is made again. Pure: the dice are the caller's.

/**
 * Milliseconds: 2 s, doubled with each attempt, at most 5 minutes, a fifth more or less so that thousands do not return together.
 * @param attempt from 1
 */
export function retryDelay(attempt: number, random: () => number): number {
  const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** (attempt - 1), LONGEST_BACK_OFF_MS);
  return wait * (0.8 + 0.4 * random());
}

// A place that refuses for good is left alone, and its manager told once.

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when it has ended */
export async function onPermanentFailure(
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
  const { feeds, outlet, log } = context;
  // The turn of the word to the manager, before anything is written: a stop must not come between.
  await context.rateLimiter.acquire(context.signal);
  const stopped = await feeds.disableChannel(channel, reason);
  const managers = new Set(stopped.flatMap(({ manager }) => (manager === undefined ? [] : [manager])));
  const card = sentence(
    `Nothing is posted to ${channel.channel} any more: ${reason} Once that is changed, /paperfeed resume goes on.`,
    'problem',
  );
  for (const manager of managers) {
    const told = await outlet.port
      .sendDirectMessage(channel.workspace, manager, card)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a manager could not be told');
        return false;
      });
    if (!told) log.info({ channel }, 'nobody could be told that a feed is disabled');
  }
}

// After a request that failed: what its fate says about the row, the place, and everybody else.

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

// A posted root gets its thread. Opening it twice is one thread, so nothing needs to be known about earlier tries.

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

// A claimed row becomes a message: sent, sent again, or found.

/** @returns when to come back to the row, in milliseconds since 1970; `undefined` when there is no hurry */
export async function send(
  context: PublisherContext,
  row: ClaimedDelivery,
  claimedAt: number,
): Promise<number | undefined> {
  if (!row.unsure) return post(context, row, claimedAt);
  try {
    return await recover(context, row);
  } catch (error) {
    if (context.signal.aborted) throw error;
    return onFailure(context, row, error);
  }
}

/** @param startedAt the claim, or its renewal: in milliseconds since 1970 */
async function post(
  context: PublisherContext,
  row: ClaimedDelivery,
  startedAt: number,
): Promise<number | undefined> {
  const { ledger, clock } = context;
  const now = clock.now().getTime();
  if (now > startedAt + SEND_WITHIN_MS || now < startedAt) {
    // This process was stopped in between, or the clock was set: the lease cannot be trusted to outlive a request.
    const outcome = { unsure: row.unsure, reason: 'it was claimed too long before it was sent' };
    warnIfStale(context, row, await ledger.release(row, now, outcome));
    return now;
  }
  const { port } = context.outlet;
  try {
    const message = await port.post(row.target, row.card, { key: row.key, title: row.title });
    warnIfStale(context, row, await ledger.posted(row, message, clock.now().getTime()));
    return undefined;
  } catch (error) {
    return onFailure(context, row, error);
  }
}

async function recover(context: PublisherContext, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, outlet } = context;
  const idempotencyWindowMs = await outlet.port.idempotencyWindowMs(row.target);
  const actionAt = (now: number) => recoveryAction(row, now, context.startedAt, idempotencyWindowMs);
  // Those that have to wait, of which there are many after a crash, take no turn from those that can be sent.
  if (actionAt(clock.now().getTime()).kind !== 'wait') await context.rateLimiter.acquire(context.signal);
  if (context.breaker.isOpen()) return undefined;
  const now = clock.now().getTime();
  const action = actionAt(now);
  switch (action.kind) {
    case 'resend':
      if (!warnIfStale(context, row, await ledger.resend(row, now, false))) return undefined;
      return post(context, row, now);
    case 'wait': {
      const outcome = { unsure: true, reason: 'an earlier request may still take effect' };
      warnIfStale(context, row, await ledger.release(row, action.until, outcome));
      return action.until;
    }
    case 'verify':
      return verify(context, row);
  }
}

async function verify(context: PublisherContext, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, outlet, log } = context;
  const { port } = outlet;
  if (!(await port.canFind(row.target))) {
    const reason =
      'it may have been posted, and the bot may not read this channel to see: look, then retry or drop it';
    warnIfStale(context, row, await ledger.end(row, 'parked', reason));
    log.error(
      { id: row.id, channel: row.channel, day: row.day },
      'a delivery is parked until a person has looked',
    );
    return undefined;
  }
  // A request of its own, and the one after it: each in its turn.
  await context.rateLimiter.acquire(context.signal);
  const since = new Date(Math.max(row.firstTry, row.due) - CLOCK_SKEW_MS);
  const found = await port.findPosted(row.target, row.key, since);
  const now = clock.now().getTime();
  if (found) {
    warnIfStale(context, row, await ledger.posted(row, found, now));
    return undefined;
  }
  if (isTooLate(row, now)) {
    warnIfStale(context, row, await ledger.end(row, 'skipped', 'it could not be posted in time'));
    return undefined;
  }
  if (!warnIfStale(context, row, await ledger.resend(row, now, true))) return undefined;
  // Nothing stands there and nothing is under way: a first try again.
  return post(context, { ...row, unsure: false }, now);
}
