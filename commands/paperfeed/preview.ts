/** `/paperfeed preview`: shows its caller what would be posted now, and why other papers would not. */

import { thisDayInWords } from '../../src/cards/dates.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import type { EvaluatedList } from '../../src/delivery/digests/composer.ts';
import { extraSlot } from '../../src/delivery/planning/slots.ts';
import type { Feed, Slot } from '../../src/feeds/feed.ts';
import { defineCommand, type Services } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { leftOutInWords } from '../views/verdict-words.ts';
import { learnedHere } from './input/learning.ts';
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
    const learned = await learnedHere(services, feed, slot);
    if (composed.kind === 'ready') return withReasons(composed.digest.root, list, [], learned);
    const waits = composed.kind === 'wait' ? ' A scheduled post would wait for a while.' : '';
    const reason = `Nothing would be posted now: ${composed.reason}.${waits}`;
    return fromNewest(services, { feed, slot, now, learned }, reason);
  },
});

interface PreviewFacts {
  readonly feed: Feed;
  readonly slot: Slot;
  readonly now: Date;
  readonly learned: readonly Block[];
}

/** Shows how a thread looks on a day without a list, such as a weekend. */
async function fromNewest(
  { delivery: { digestComposer } }: Services,
  { feed, slot, now, learned }: PreviewFacts,
  why: string,
): Promise<Card> {
  const list = await digestComposer.evaluate(feed, slot, { latest: true });
  const { root, posted } = await digestComposer.digest(feed, slot, list, now);
  if (posted.length === 0) return { tone: 'problem', blocks: [line(why), ...reasons(list), ...learned] };
  const { from, period } = list.read.list;
  const which = period === 'day' ? thisDayInWords(from) : `${period} from ${thisDayInWords(from)}`;
  const before = line(`${why} From the newest list (${which}), it would post:`);
  return withReasons(root, list, [before], learned);
}

function withReasons(
  root: Card,
  list: EvaluatedList,
  before: readonly Block[],
  learned: readonly Block[],
): Card {
  return { ...root, blocks: [...before, ...root.blocks, ...reasons(list), ...learned] };
}

function reasons({ evaluated }: EvaluatedList): Block[] {
  const words = leftOutInWords(evaluated);
  return words === '' ? [] : [line(words)];
}
