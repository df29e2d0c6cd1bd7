/** Card for a feed that was added or changed: its settings and its next post. */

import { feedInWords, nextInWords, rulesInWords } from '../../src/cards/feed-words.ts';
import { undoButton } from '../../src/cards/paper-list.ts';
import type { Block, Card, RichText } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { Feed, FeedSettings, Slot } from '../../src/feeds/feed.ts';
import { optionsOf } from '../../src/feeds/options/feed-options.ts';

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
  /** The line that takes the change back. */
  readonly undo: string;
}

/** @param verb `will get` for a new feed, otherwise `gets` */
export function feedCard({ feed, next, now, of, lineOf, remarks = [], undo }: FeedFacts, verb: string): Card {
  const code = (name: string) => ({ kind: 'code', text: lineOf(name) }) as const;
  return {
    tone: 'done',
    blocks: [
      line(`This channel ${verb} ${feedInWords(feed.settings)}. ${nextInWords(feed, next, now)}`),
      ...rulesInWords(feed.settings).map(line),
      ...remarks.map(line),
      ...(of > 1 ? [line(`This is feed ${feed.id}, one of ${of} here.`)] : []),
    ],
    actions: [undoButton(undo)],
    footer: ['Preview it: ', code('preview'), ' · Change it: ', code('edit'), ' · Stop: ', code('unfollow')],
  };
}

/** The line that adds a feed with these settings again. */
export function followLine(settings: FeedSettings): string {
  return formatLine({ root: 'paperfeed', name: 'follow', args: typedOptions(settings, '') });
}

/** The line that gives a feed these settings again. */
export function editLine(id: string, settings: FeedSettings): string {
  return formatLine({
    root: 'paperfeed',
    name: 'edit',
    args: { ...typedOptions(settings, 'none'), feed: id },
  });
}

/** @param nothing what stands for an empty list of terms */
function typedOptions(settings: FeedSettings, nothing: string): Record<string, string | number | undefined> {
  const { days, include: _, exclude: __, ...others } = optionsOf(settings);
  // Each term in quotes, so that a line keeps them apart.
  const listed = (terms: readonly string[]) =>
    terms.map((term) => `"${term}"`).join(', ') || nothing || undefined;
  return {
    ...others,
    // A weekly or monthly feed has its own day.
    days: settings.period === 'day' ? days : undefined,
    include: listed(settings.include),
    exclude: listed(settings.exclude),
  };
}

export function line(text: string): Block {
  return textBlock([text]);
}

export function textBlock(text: RichText): Block {
  return { kind: 'text', text };
}
