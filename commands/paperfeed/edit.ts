/** `/paperfeed edit`: changes the options that were given and keeps the others. */

import { UserError } from '../../src/base/errors.ts';
import { isLearned } from '../../src/feeds/feed.ts';
import { optionsOf, withOptions } from '../../src/feeds/options/feed-options.ts';
import { defineCommand } from '../services.ts';
import { editLine, feedCard } from '../views/feed-card.ts';
import { allowedSettings } from './input/allowed-settings.ts';
import { LEARNING_SAID } from './input/learned-said.ts';
import { startLearning } from './input/learning.ts';
import { FEED, SETTINGS_OPTIONS } from './input/options.ts';
import { managedFeeds } from './input/permissions.ts';
import { feedLine, refuseFileFeed, resolveFeed } from './input/resolve-feed.ts';

export const edit = defineCommand({
  root: 'paperfeed',
  name: 'edit',
  description: 'Change a feed of this channel. Options that you leave out keep their values.',
  visibility: 'public',
  options: { ...SETTINGS_OPTIONS, feed: FEED },
  alsoCalled: ['change', 'set', 'update'],
  saidBy: LEARNING_SAID,
  rest: 'include',
  textIsOptions: true,
  changes: true,
  examples: ['/paperfeed edit count:3', '/paperfeed edit time:8:00 include:none feed:b'],
  async form({ services, caller, typed: { feed: id, ...changes } }) {
    if (Object.keys(changes).length > 0) return undefined;
    const { feed } = await resolveFeed(services, await managedFeeds(services, caller), id?.toString());
    refuseFileFeed(feed);
    return optionsOf(feed.settings);
  },
  async run({ args: { feed: id, ...options }, services, caller, now }) {
    const channel = await managedFeeds(services, caller);
    const { feed, of } = await resolveFeed(services, channel, id);
    refuseFileFeed(feed);
    if (Object.keys(options).length === 0) {
      throw new UserError('Name an option to change, for example: /paperfeed edit count:3');
    }
    const { settings, remarks } = allowedSettings(caller, withOptions(feed.settings, options), 'edit');
    const edited = { ...feed, settings };
    await services.feeds.edit(feed, settings);
    const turnsOn = isLearned(settings) && !isLearned(feed.settings);
    const start = turnsOn ? await startLearning(services, channel, now) : [];
    const next = services.delivery.nextSlot(edited, now);
    const lineOf = (name: string) => feedLine(name, feed, of);
    return feedCard(
      {
        feed: edited,
        next,
        now,
        of,
        lineOf,
        remarks: [...remarks, ...start],
        undo: editLine(feed.id, feed.settings),
      },
      'now gets',
    );
  },
});
