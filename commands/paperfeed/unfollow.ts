/** `/paperfeed unfollow`: removes a feed from the channel. */

import { feedInWords } from '../../src/cards/feed-words.ts';
import { undoButton } from '../../src/cards/paper-list.ts';
import { defineCommand } from '../services.ts';
import { followLine, line, textBlock } from '../views/feed-card.ts';
import { FEED } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { refuseFileFeed, resolveFeed } from './input/resolve-feed.ts';

export const unfollow = defineCommand({
  root: 'paperfeed',
  name: 'unfollow',
  description: 'Remove a feed. Earlier posts stay.',
  visibility: 'public',
  options: { feed: FEED },
  rest: 'feed',
  alsoCalled: ['unsubscribe', 'stop'],
  changes: true,
  examples: ['/paperfeed unfollow', '/paperfeed unfollow feed:b'],
  async run({ args, services, caller }) {
    const channel = await managedFeeds(services, caller);
    const { feed, of } = await resolveFeed(services, channel, args.feed);
    refuseFileFeed(feed);
    await services.feeds.unfollow(feed);
    const left = of > 1 ? [textBlock(['Other feeds here: ', { kind: 'code', text: '/paperfeed list' }])] : [];
    return {
      tone: 'done',
      blocks: [line(`This channel no longer gets ${feedInWords(feed.settings)}.`), ...left],
      actions: [undoButton(followLine(feed.settings))],
    };
  },
});
