/** `/paperfeed links`: whether pasted links to papers grow into cards in this channel, on platforms where they do. */
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { managedChannel } from './input/permissions.ts';

export const links = defineCommand({
  root: 'paperfeed',
  name: 'links',
  description: 'Turn previews of paper links on or off in this channel.',
  visibility: 'private',
  needs: {
    capability: 'link-previews',
    elsewhere: 'Links to papers get no previews from Paperboy on this platform.',
  },
  options: {
    show: { type: 'choice', description: 'Cards, or the links as they are', choices: ['cards', 'bare'] },
  },
  examples: ['/paperfeed links show:bare', '/paperfeed links show:cards'],
  async run({ args: { show }, services, caller }) {
    const { platform, workspace, channel } = await managedChannel(services, caller);
    if (show === undefined) {
      const grow = await services.links.showsLinks(platform, workspace, channel);
      return { tone: 'plain', blocks: [line(grow ? GROW : STAY)] };
    }
    await services.links.showLinks(platform, workspace, channel, show === 'cards');
    return { tone: 'done', blocks: [line(show === 'cards' ? GROW : STAY)] };
  },
});

const GROW =
  'Pasted links to papers grow into cards in this channel. Leave them as they are: /paperfeed links show:bare';
const STAY =
  'Pasted links to papers stay as they are in this channel. Let them grow: /paperfeed links show:cards';
