/** `/paperfeed links`: turns previews of pasted paper links on or off in this channel. */
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
    elsewhere: 'The bot does not preview paper links on this platform.',
  },
  options: {
    show: {
      type: 'choice',
      description: 'cards shows a preview below each link, bare shows the link alone',
      choices: ['cards', 'bare'],
    },
  },
  changes: true,
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

const GROW = 'Paper links in this channel get previews. Turn them off: /paperfeed links show:bare';
const STAY = 'Paper links in this channel get no previews. Turn them on: /paperfeed links show:cards';
