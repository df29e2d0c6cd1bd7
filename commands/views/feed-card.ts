/** Card for a feed that was added or changed: its settings and its next post. */

import { feedInWords, nextInWords, rulesInWords } from '../../src/cards/feed-words.ts';
import type { Block, Card, RichText } from '../../src/chat/card.ts';
import type { Feed, Slot } from '../../src/feeds/feed.ts';

export interface FeedFacts {
  readonly feed: Feed;
  readonly next: Slot | undefined;
  readonly now: Date;
  /** Feeds of the channel, this one included. */
  readonly of: number;
  /** The line for another command on this feed. */
  readonly lineOf: (name: string) => string;
  /** Further notes on the channel. */
  readonly remarks?: readonly string[];
}

/** @param verb `will get` for a new feed, otherwise `gets` */
export function feedCard({ feed, next, now, of, lineOf, remarks = [] }: FeedFacts, verb: string): Card {
  const code = (name: string) => ({ kind: 'code', text: lineOf(name) }) as const;
  return {
    tone: 'done',
    blocks: [
      line(`This channel ${verb} ${feedInWords(feed.settings)}. ${nextInWords(feed, next, now)}`),
      ...rulesInWords(feed.settings).map(line),
      ...remarks.map(line),
      ...(of > 1 ? [line(`This is feed ${feed.id}, one of ${of} here.`)] : []),
    ],
    footer: ['Preview it: ', code('preview'), ' · Change it: ', code('edit'), ' · Stop: ', code('unfollow')],
  };
}

export function line(text: string): Block {
  return textBlock([text]);
}

export function textBlock(text: RichText): Block {
  return { kind: 'text', text };
}
