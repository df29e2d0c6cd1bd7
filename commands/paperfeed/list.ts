/** `/paperfeed list`: the feeds of this channel, with their next and last posts. */

import { feedInWords, momentInWords, nextInWords, rulesInWords } from '../../src/cards/feed-words.ts';
import type { Block } from '../../src/chat/card.ts';
import type { FeedHealth } from '../../src/delivery/delivery-service.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import type { NamedManager } from '../../src/feeds/managers.ts';
import { defineCommand } from '../services.ts';
import { line, textBlock } from '../views/feed-card.ts';
import { shownPerson } from './input/parse-user.ts';
import { managedFeeds } from './input/permissions.ts';

export const list = defineCommand({
  root: 'paperfeed',
  name: 'list',
  description: 'List this channel’s feeds, with their next and last posts.',
  visibility: 'private',
  options: {},
  alsoCalled: ['feeds', 'show', 'status'],
  // These are about no subject of a channel.
  saidBy: {
    'no papers here': {},
    'no more papers here': {},
    'no new papers here': {},
    'more papers here': {},
    'fewer papers here': {},
    'less papers here': {},
  },
  examples: ['/paperfeed list'],
  async run({ services, caller, now }) {
    const { feeds, delivery, managers } = services;
    const channel = await managedFeeds(services, caller);
    const here = await feeds.of(channel);
    const named = await managers.of(channel);
    if (here.length === 0) {
      const begin = { kind: 'code', text: '/paperfeed follow' } as const;
      const blocks = [
        textBlock(['This channel has no feeds yet. Start with ', begin]),
        ...namedBlocks(named),
      ];
      return { tone: 'plain', blocks };
    }
    const sections = await Promise.all(
      here.map(async (feed): Promise<Block[]> => {
        const next = nextInWords(feed, delivery.nextSlot(feed, now), now);
        const health = healthInWords(feed, await delivery.health(feed));
        return [
          textBlock([{ kind: 'bold', text: feed.id }, `  ${sentence(feedInWords(feed.settings))}`]),
          ...rulesInWords(feed.settings).map(line),
          line(next),
          ...health.map(line),
          ...(feed.from === 'file' ? [line('Defined in the file set by FEEDS_FILE.')] : []),
        ];
      }),
    );
    return {
      tone: 'plain',
      title: here.length === 1 ? 'This channel’s feed' : `This channel has ${here.length} feeds`,
      blocks: [
        ...sections.flatMap((blocks, at) => (at === 0 ? blocks : [{ kind: 'divider' as const }, ...blocks])),
        ...namedBlocks(named),
      ],
    };
  },
});

/** People who manage the channel because a manager allowed them, not by the platform's permissions. */
function namedBlocks(named: readonly NamedManager[]): Block[] {
  if (named.length === 0) return [];
  return [line(`Also allowed to manage feeds: ${named.map(shownPerson).join(', ')}`)];
}

/** `Last post: Fri 29 May, 09:01.` */
function healthInWords({ settings: { zone } }: Feed, { lastPost, lastTrouble }: FeedHealth): string[] {
  return [
    lastPost === undefined ? 'Nothing has been posted yet.' : `Last post: ${momentInWords(lastPost, zone)}.`,
    ...(lastTrouble ? [`${momentInWords(lastTrouble.at, zone)}: ${ended(lastTrouble.reason)}`] : []),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
