/** Direct messages to the manager of a feed that cannot be posted. */
import { feedInWords } from '../cards/feed-words.ts';
import { sentence } from '../chat/card.ts';
import { knownNameOf } from '../chat/channel-facts.ts';
import type { Refusal } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Feed } from '../feeds/feed.ts';
import type { ClaimedDelivery } from './ledger/ledger.ts';
import type { PublisherContext } from './publishing/publisher-context.ts';

/** For a channel that gets no more posts until its feeds are resumed. */
export async function notifyStopped(
  context: PublisherContext,
  channel: ChannelRef,
  stopped: readonly Feed[],
  { reason, isGone }: Refusal,
): Promise<void> {
  const goOn = isGone ? '' : ' Once that is fixed, continue with /paperfeed resume';
  for (const feed of oneOfEachManager(stopped)) {
    await send(
      context,
      feed,
      `${await nameOf(context, channel, feed)} no longer gets papers. ${reason}${goOn}`,
    );
  }
}

/** For lists that are posted incompletely, or not all. Sent once until posting works again. */
export async function notifyTrouble(
  context: PublisherContext,
  row: ClaimedDelivery,
  { reason, of }: Refusal,
): Promise<void> {
  const feed = context.feedOf(row);
  if (!feed || !(await context.feeds.warn(feed, reason))) return;
  await context.rateLimiter.acquire(context.signal);
  const name = await nameOf(context, row.channel, feed);
  const words =
    of === 'message'
      ? `A ${row.kind === 'root' ? 'list' : 'paper'} for ${name} was not posted. ${reason}`
      : `The lists in ${name} are posted without their papers. ${reason} Or post the list as one message: /paperfeed edit style:single`;
  await send(context, feed, words);
}

/** A person who manages several feeds of a channel gets one message. */
function oneOfEachManager(feeds: readonly Feed[]): Feed[] {
  return feeds.filter((feed, at) => feeds.findIndex(({ manager }) => manager === feed.manager) === at);
}

async function nameOf(
  { port }: PublisherContext,
  channel: ChannelRef,
  { settings, channelName }: Feed,
): Promise<string> {
  return (
    (await knownNameOf(port, channel)) ?? channelName ?? `A channel that followed ${feedInWords(settings)}`
  );
}

async function send(
  { port, log }: PublisherContext,
  { manager, channel }: Feed,
  words: string,
): Promise<void> {
  if (manager === undefined) return;
  const told = await port
    .sendDirectMessage(channel.workspace, manager, sentence(words, 'problem'))
    .catch((error: unknown) => {
      log.warn({ err: error }, 'manager notice: sending failed');
      return false;
    });
  if (!told) log.info({ channel }, 'manager notice: not delivered');
}
