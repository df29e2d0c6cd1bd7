/** Before a row is claimed: is it still wanted, and what does it say? */

import { messageOf } from '../../base/errors.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { ComposeOutcome } from '../ledger/digest.ts';
import type { DueDelivery } from '../ledger/ledger.ts';
import { CATCH_UP_MS, THREAD_CATCH_UP_MS, WAIT_EVERY_MS, WAIT_LIMIT_MS } from '../timing.ts';
import type { PublisherContext } from './publisher-context.ts';

/** Why a row ends whose deadline has passed. */
export const TOO_LATE = 'it could not be posted in time';
export const NO_THREAD = 'its thread could not be opened in time';

/** True when the row can be claimed: its content is fixed, and there is still reason to post it. */
export async function prepare(context: PublisherContext, row: DueDelivery): Promise<boolean> {
  // What may have been sent is followed to its end, whatever anybody wishes by now.
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

/** A list too old to post, a thread too old to go on with. */
export function isTooLate(
  { kind, state, due }: Pick<DueDelivery, 'kind' | 'state' | 'due'>,
  now: number,
): boolean {
  return now - due > (kind === 'root' && state !== 'posted' ? CATCH_UP_MS : THREAD_CATCH_UP_MS);
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

/** Where no threads start, all of a list is in one message. */
export async function asItCanBe(port: Pick<PostingPort, 'startsThreads'>, feed: Feed): Promise<Feed> {
  if (feed.settings.style === 'single' || (await port.startsThreads(feed.channel))) return feed;
  return { ...feed, settings: { ...feed.settings, style: 'single' } };
}
