/** `/paperfeed resume`: resumes a feed that was paused, or disabled because a post was refused. */
import { defineCommand } from '../services.ts';
import { feedCard, line } from '../views/feed-card.ts';
import { allowedSettings } from './input/allowed-settings.ts';
import { FEED } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { feedLine, resolveFeed } from './input/resolve-feed.ts';

export const resume = defineCommand({
  root: 'paperfeed',
  name: 'resume',
  description: 'Resume a feed that was paused or stopped.',
  visibility: 'public',
  options: { feed: FEED },
  rest: 'feed',
  alsoCalled: ['continue', 'unpause'],
  changes: true,
  examples: ['/paperfeed resume'],
  async run({ args, services, caller, now }) {
    const channel = await managedFeeds(services, caller);
    const { feed, of } = await resolveFeed(services, channel, args.feed);
    const { settings, remarks } = allowedSettings(caller, feed.settings, 'edit');
    const { pausedUntil, disabled, ...going } = feed;
    await services.feeds.resume(feed);
    const next = services.delivery.nextSlot(going, now);
    const lineOf = (name: string) => feedLine(name, feed, of);
    const undo = feedLine('pause', feed, of);
    const card = feedCard({ feed: { ...going, settings }, next, now, of, lineOf, remarks, undo }, 'gets');
    if (pausedUntil !== undefined || disabled !== undefined) return card;
    return { ...card, tone: 'plain', blocks: [line('This feed was not paused.'), ...card.blocks] };
  },
});
