/** Delivers a claimed row: sends, resends or finds its message, and opens the thread of a posted root. */

import { knownNameOf } from '../../chat/channel-facts.ts';
import type { Review } from '../../chat/port.ts';
import type { MessageRef } from '../../chat/refs.ts';
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import type { Notice } from '../ledger/notice.ts';
import { CLOCK_SKEW_MS, NO_THREAD, SEND_WITHIN_MS, TOO_LATE, UNCONFIRMED } from '../timing.ts';
import { onFailure, warnIfStale } from './failure.ts';
import { isTooLate } from './prepare.ts';
import type { PublisherContext } from './publisher-context.ts';
import { recoveryAction } from './recovery-action.ts';

const ADVICE =
  'it may have been posted, but the bot cannot read this channel to check. Look in the channel, then retry or drop it';

/**
 * Opens the thread of a posted root. Repeating it opens no second thread, so earlier attempts do not matter.
 * @param root the row's message
 * @returns when to retry the row, in milliseconds since 1970; `undefined` when there is no hurry
 */
export async function openThread(
  context: PublisherContext,
  row: ClaimedDelivery,
  root: MessageRef,
): Promise<number | undefined> {
  if (isTooLate(row, context.clock.now().getTime())) {
    warnIfStale(context, row, await context.ledger.endThread(row, NO_THREAD));
    return undefined;
  }
  try {
    const thread = await context.port.openThread(root, row.title);
    warnIfStale(context, row, await context.ledger.threaded(row, thread, context.clock.now().getTime()));
    return undefined;
  } catch (error) {
    return onFailure(context, { ...row, unsure: false }, error);
  }
}

/** @returns when to retry the row, in milliseconds since 1970; `undefined` when there is no hurry */
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

/** @param startedAt time of the claim or its renewal, in milliseconds since 1970 */
async function post(
  context: PublisherContext,
  row: ClaimedDelivery,
  startedAt: number,
): Promise<number | undefined> {
  const { ledger, clock, port } = context;
  const now = clock.now().getTime();
  if (now > startedAt + SEND_WITHIN_MS || now < startedAt) {
    // The process was suspended or the clock was changed, so the lease may not outlive the request.
    const outcome = { unsure: row.unsure, reason: 'it was claimed too long before it was sent' };
    warnIfStale(context, row, await ledger.release(row, now, outcome));
    return now;
  }
  try {
    const message = await port.post(row.target, row.card, { key: row.key, title: row.title });
    warnIfStale(context, row, await ledger.posted(row, message, clock.now().getTime()));
    await endTrouble(context, row);
    await recordName(context, row);
    return undefined;
  } catch (error) {
    return onFailure(context, row, error);
  }
}

/** Records the channel's name while the bot can see it, for a notice when it no longer can. */
async function recordName({ feeds, feedOf, port }: PublisherContext, row: ClaimedDelivery): Promise<void> {
  const feed = row.kind === 'root' ? feedOf(row) : undefined;
  if (!feed || feed.channelName !== undefined) return;
  const name = await knownNameOf(port, feed.channel);
  if (name !== undefined) await feeds.name(feed, name);
}

/** Clears the warning of a feed after a posted paper, or a posted list without a thread. */
async function endTrouble({ feeds, feedOf }: PublisherContext, row: ClaimedDelivery): Promise<void> {
  const feed = feedOf(row);
  if (feed?.warned === undefined) return;
  if (row.kind !== 'root' || feed.settings.style === 'single') await feeds.unwarn(feed);
}

async function recover(context: PublisherContext, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, port } = context;
  const idempotencyWindowMs = await port.idempotencyWindowMs(row.target);
  const actionAt = (now: number) => recoveryAction(row, now, context.startedAt, idempotencyWindowMs);
  // Rows that must wait, which are many after a crash, do not use up the rate limit.
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

function noticeAbout({ key }: ClaimedDelivery, tell: NonNullable<Review['tell']>, now: Date): Notice {
  const { person, title, card } = tell;
  return { to: person, topic: 'unconfirmed', about: key, due: now.getTime(), title, card };
}

async function verify(context: PublisherContext, row: ClaimedDelivery): Promise<number | undefined> {
  const { ledger, clock, port, log } = context;
  if (!(await port.canFind(row.target, row.key))) {
    const isNotice = row.kind === 'notice';
    const review = isNotice ? await port.reviewOf?.(row.target, row.key) : { advice: ADVICE };
    if (review === undefined) {
      warnIfStale(context, row, await ledger.end(row, 'skipped', UNCONFIRMED));
      return undefined;
    }
    const { advice, tell } = review;
    const notice = tell && noticeAbout(row, tell, clock.now());
    warnIfStale(context, row, await ledger.end(row, 'parked', advice, notice));
    log.error({ id: row.id, channel: row.channel, day: row.day }, 'delivery: row parked');
    return undefined;
  }
  // Each request needs its own slot of the rate limiter.
  await context.rateLimiter.acquire(context.signal);
  const since = new Date(Math.max(row.firstTry, row.due) - CLOCK_SKEW_MS);
  const found = await port.findPosted(row.target, row.key, since);
  const now = clock.now().getTime();
  if (found) {
    warnIfStale(context, row, await ledger.posted(row, found, now));
    return undefined;
  }
  if (isTooLate(row, now)) {
    warnIfStale(context, row, await ledger.end(row, 'skipped', TOO_LATE));
    return undefined;
  }
  if (!warnIfStale(context, row, await ledger.resend(row, now, true))) return undefined;
  // It was not posted and no request is running, so this is a first attempt again.
  return post(context, { ...row, unsure: false }, now);
}
