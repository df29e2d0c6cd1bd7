/** A place that refuses for good is left alone, and its manager told once. */
import { sentence } from '../../chat/card.ts';
import type { ClaimedDelivery } from '../ledger/ledger.ts';
import { CONFIRM_REFUSAL_MS, REFUSALS_TO_DISABLE } from '../timing.ts';
import type { PublisherContext } from './publisher-context.ts';

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
