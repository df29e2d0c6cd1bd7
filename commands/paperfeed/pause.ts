/** `/paperfeed pause`: stops posting until a day, or until the feed is resumed. */

import { nextInWords } from '../../src/cards/feed-words.ts';
import { undoButton } from '../../src/cards/paper-list.ts';
import { localDay } from '../../src/delivery/planning/slots.ts';
import { UNTIL_RESUMED } from '../../src/feeds/feed.ts';
import { parseUntil } from '../../src/time/days.ts';
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { FEED } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { feedLine, resolveFeed } from './input/resolve-feed.ts';

/** A word of a day or a duration: “pause until friday” is no search. */
const WORD_OF_DAY =
  /^(?:until|till|for|on|the|an?|next|one|two|three|tomorrow|days?|weeks?|months?|years?|\d{1,4}(?:st|nd|rd|th|d|w|mo?|y)?|\d{4}-\d{2}-\d{2}|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)[.,]?$/i;

export const pause = defineCommand({
  root: 'paperfeed',
  name: 'pause',
  description: 'Pause a feed until a day, or until you resume it.',
  visibility: 'public',
  options: {
    until: {
      type: 'string',
      description: 'First day with papers again, such as monday',
      maxLength: 40,
      reads: 'plain',
      fits: (word) => WORD_OF_DAY.test(word),
    },
    feed: FEED,
  },
  rest: 'until',
  changes: true,
  examples: ['/paperfeed pause', '/paperfeed pause until:2026-06-08', '/paperfeed pause 2 weeks'],
  async run({ args, services, caller, now }) {
    const channel = await managedFeeds(services, caller);
    const { feed, of } = await resolveFeed(services, channel, args.feed);
    const pausedUntil =
      args.until === undefined ? UNTIL_RESUMED : parseUntil(args.until, localDay(feed, now));
    const paused = { ...feed, pausedUntil };
    await services.feeds.pause(feed, pausedUntil);
    return {
      tone: 'done',
      blocks: [line(nextInWords(paused, services.delivery.nextSlot(paused, now), now))],
      actions: [undoButton(feedLine('resume', feed, of))],
      footer: ['Resume it: ', { kind: 'code', text: feedLine('resume', feed, of) }],
    };
  },
});
