/** `/papers feeds`: lists the feeds of all channels in this server or workspace. */

import { counted } from '../../src/cards/counts.ts';
import { feedInWords } from '../../src/cards/feed-words.ts';
import type { Block } from '../../src/chat/card.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import { defineCommand } from '../services.ts';

/** A longer list would not be read. */
const SHOWN = 20;

export const feeds = defineCommand({
  root: 'papers',
  name: 'feeds',
  group: { name: 'channel', as: 'feeds' },
  description: 'List the channels here that get papers, and their feeds.',
  visibility: 'private',
  options: {},
  examples: ['/papers feeds'],
  async run({ services, caller }) {
    // A person may have the same id in all workspaces of a platform; a channel does not.
    const from = caller.channel ?? { platform: caller.platform, workspace: caller.workspace };
    const there = (await services.feeds.active()).filter(
      ({ channel }) => channel.platform === from.platform && channel.workspace === from.workspace,
    );
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
      const text = ['No channel that you can see gets papers yet. A channel manager can start with ', begin];
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
