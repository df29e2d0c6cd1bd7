/** `/paperfeed preview`: shows its caller what would be posted now, and why other papers would not. */

import { thisDayInWords } from '../../src/cards/dates.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import type { EvaluatedList } from '../../src/delivery/digests/composer.ts';
import { extraSlot } from '../../src/delivery/planning/slots.ts';
import type { Feed, Slot } from '../../src/feeds/feed.ts';
import { defineCommand, type Services } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { leftOutInWords } from '../views/verdict-words.ts';
import { FEED } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { resolveFeed } from './input/resolve-feed.ts';

export const preview = defineCommand({
  root: 'paperfeed',
  name: 'preview',
  description: 'Show only you what would be posted here now, and why other papers would not.',
  visibility: 'private',
  options: { feed: FEED },
  rest: 'feed',
  examples: ['/paperfeed preview'],
  async run({ args, services, caller, now }) {
    const channel = await managedFeeds(services, caller);
    const { feed } = await resolveFeed(services, channel, args.feed);
    const slot = extraSlot(feed, now);
    const { composed, list } = await services.delivery.digestComposer.draft(feed, slot, now, false);
    if (composed.kind === 'ready') return withReasons(composed.digest.root, list, []);
    const waits = composed.kind === 'wait' ? ' A scheduled post would wait for a while.' : '';
    return fromNewest(services, feed, slot, now, `Nothing would be posted now: ${composed.reason}.${waits}`);
  },
});

/** Shows how a thread looks on a day without a list, such as a weekend. */
async function fromNewest(
  { delivery: { digestComposer } }: Services,
  feed: Feed,
  slot: Slot,
  now: Date,
  why: string,
): Promise<Card> {
  const list = await digestComposer.evaluate(feed, slot, { latest: true });
  const { root, posted } = await digestComposer.digest(feed, slot, list, now);
  if (posted.length === 0) return { tone: 'problem', blocks: [line(why), ...reasons(list)] };
  const { from, period } = list.read.list;
  const which = period === 'day' ? thisDayInWords(from) : `${period} from ${thisDayInWords(from)}`;
  return withReasons(root, list, [line(`${why} From the newest list (${which}), it would post:`)]);
}

function withReasons(root: Card, list: EvaluatedList, before: readonly Block[]): Card {
  return { ...root, blocks: [...before, ...root.blocks, ...reasons(list)] };
}

function reasons({ evaluated }: EvaluatedList): Block[] {
  const words = leftOutInWords(evaluated);
  return words === '' ? [] : [line(words)];
}
