/** `/papers feeds`: what the channels of this server or workspace follow, for somebody who looks for the right one. */

import { counted } from '../../src/cards/counts.ts';
import { feedInWords } from '../../src/cards/feed-words.ts';
import type { Block } from '../../src/chat/card.ts';
import { type Feed, isVisibleFrom } from '../../src/feeds/feed.ts';
import { defineCommand } from '../services.ts';

/** More are a wall. */
const SHOWN = 20;

export const feeds = defineCommand({
  root: 'papers',
  name: 'feeds',
  description: 'Say which channels here follow papers, and which.',
  visibility: 'private',
  options: {},
  examples: ['/papers feeds'],
  async run({ services, caller }) {
    // People of a platform may be the same everywhere, channels are not.
    const from = caller.channel ?? { platform: caller.platform, workspace: caller.workspace };
    const there = (await services.feeds.active()).filter((feed) => isVisibleFrom(from, feed));
    const { person, channel } = caller;
    const audience = { person, ...(channel && { channel }) };
    const known = await services.channels.visibleTo(
      audience,
      there.map((feed) => feed.channel),
    );
    const channels = new Set(known.map(({ channel }) => channel));
    const here = there.filter((feed) => channels.has(feed.channel.channel));
    if (here.length === 0) {
      const begin = { kind: 'code', text: '/paperfeed follow' } as const;
      const none =
        there.length === 0 ? 'No channel follows papers yet.' : 'No channel that you see follows papers.';
      const text = [`${none} Whoever manages one begins with `, begin];
      return { tone: 'plain', blocks: [{ kind: 'text', text }] };
    }
    return {
      tone: 'plain',
      title: `${counted(here.length, 'feed')} here`,
      blocks: here.slice(0, SHOWN).map(followed),
      ...(here.length > SHOWN && { footer: [`and ${here.length - SHOWN} more`] }),
    };
  },
});

function followed({ channel: { channel }, settings }: Feed): Block {
  const name = { kind: 'channel', channel, text: 'a channel' } as const;
  return { kind: 'text', text: [name, `  ${feedInWords(settings)}`] };
}
