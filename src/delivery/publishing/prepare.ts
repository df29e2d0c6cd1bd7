/** Checks and composes a row before it is claimed. */

import { messageOf } from '../../base/errors.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { ComposeOutcome } from '../ledger/digest.ts';
import type { DueDelivery } from '../ledger/ledger.ts';
import {
  CATCH_UP_MS,
  NOTICE_CATCH_UP_MS,
  THREAD_CATCH_UP_MS,
  TOO_LATE,
  WAIT_EVERY_MS,
  WAIT_LIMIT_MS,
} from '../timing.ts';
import type { PublisherContext } from './publisher-context.ts';

/** Returns true when the row can be claimed: its content is fixed, and it should still be posted. */
export async function prepare(context: PublisherContext, row: DueDelivery): Promise<boolean> {
  // A message that may have been sent is always resolved, even if the feed was paused since.
  if (row.state !== 'planned') return true;
  const now = context.clock.now();
  const feed = row.kind === 'root' ? context.feedOf(row) : undefined;
  const reason = isTooLate(row, now.getTime())
    ? TOO_LATE
    : row.kind === 'root'
      ? whyNot(feed, row)
      : undefined;
  if (reason !== undefined) {
    await context.ledger.skip(row.id, reason);
    return false;
  }
  return row.frozen || feed === undefined || (await compose(context, row, feed, now));
}

/** True for a list that is too old to post, or a thread that is too old to continue. */
export function isTooLate(
  { kind, state, due }: Pick<DueDelivery, 'kind' | 'state' | 'due'>,
  now: number,
): boolean {
  return now - due > catchUpOf(kind, state);
}

function catchUpOf(kind: DueDelivery['kind'], state: DueDelivery['state']): number {
  if (kind === 'notice') return NOTICE_CATCH_UP_MS;
  return kind === 'root' && state !== 'posted' ? CATCH_UP_MS : THREAD_CATCH_UP_MS;
}

function whyNot(feed: Feed | undefined, { day }: DueDelivery): string | undefined {
  if (!feed) return 'the channel stopped following';
  if (feed.disabled !== undefined) return feed.disabled;
  if (feed.pausedUntil !== undefined && day < feed.pausedUntil) return `paused until ${feed.pausedUntil}`;
  return undefined;
}

async function compose(
  { digestSource, ledger, log, port }: PublisherContext,
  row: DueDelivery,
  followed: Feed,
  now: Date,
): Promise<boolean> {
  const feed = await asItCanBe(port, followed);
  const lastChance = now.getTime() - row.due >= WAIT_LIMIT_MS;
  const slot = { day: row.day, due: new Date(row.due) };
  const composed = await digestSource
    .compose(feed, slot, now, lastChance)
    .catch((error: unknown): ComposeOutcome => {
      log.error({ err: error, feed: feed.id, channel: feed.channel }, 'delivery: list not composed');
      return { kind: 'wait', reason: messageOf(error), outage: true };
    });
  switch (composed.kind) {
    case 'ready':
      // If another process was first, its content is posted.
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

/** Puts the whole list into one message when the channel has no threads. */
export async function asItCanBe(port: Pick<PostingPort, 'startsThreads'>, feed: Feed): Promise<Feed> {
  if (feed.settings.style === 'single' || (await port.startsThreads(feed.channel))) return feed;
  return { ...feed, settings: { ...feed.settings, style: 'single' } };
}
