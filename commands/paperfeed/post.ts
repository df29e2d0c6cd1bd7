/** `/paperfeed post`: posts a digest now, in addition to the scheduled one. */

import { counted } from '../../src/cards/counts.ts';
import { nextInWords } from '../../src/cards/feed-words.ts';
import { defineCommand } from '../services.ts';
import { problem } from '../views/empty-results.ts';
import { line, textBlock } from '../views/feed-card.ts';
import { FEED } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { feedLine, resolveFeed } from './input/resolve-feed.ts';

export const post = defineCommand({
  root: 'paperfeed',
  name: 'post',
  description: 'Post papers here now. The scheduled post still comes, with other papers.',
  visibility: 'private',
  options: { feed: FEED },
  rest: 'feed',
  changes: true,
  examples: ['/paperfeed post'],
  async run({ args, services, caller, now }) {
    const channel = await managedFeeds(services, caller);
    const { feed, of } = await resolveFeed(services, channel, args.feed);
    const outcome = await services.delivery.postNow(feed);
    switch (outcome.kind) {
      case 'failed':
        return problem([outcome.reason]);
      case 'nothing':
        return problem([
          `Nothing was posted: ${outcome.reason}. See why: `,
          { kind: 'code', text: feedLine('preview', feed, of) },
        ]);
      case 'posted':
        return {
          tone: 'done',
          blocks: [
            line(`Posted ${counted(outcome.papers, 'paper')}. They will not be posted here again.`),
            textBlock([nextInWords(feed, services.delivery.nextSlot(feed, now), now)]),
          ],
        };
    }
  },
});
