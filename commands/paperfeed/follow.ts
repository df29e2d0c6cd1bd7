/** `/paperfeed follow`: adds a feed to this channel. */
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../src/base/errors.ts';
import { feedInWords } from '../../src/cards/feed-words.ts';
import { formatLine } from '../../src/command/line.ts';
import { type Feed, isLearned } from '../../src/feeds/feed.ts';
import {
  defaultSettings,
  optionsOf,
  STYLE_CHOICES,
  THIN_CHOICES,
  withOptions,
} from '../../src/feeds/options/feed-options.ts';
import { defineCommand } from '../services.ts';
import { feedCard } from '../views/feed-card.ts';
import { allowedSettings } from './input/allowed-settings.ts';
import { startLearning } from './input/learning.ts';
import { SETTINGS_OPTIONS } from './input/options.ts';
import { managedChannel } from './input/permissions.ts';
import { feedLine } from './input/resolve-feed.ts';

/** More feeds in one channel are a mistake, or come from a script. */
const FEEDS_MAX = 10;

export const follow = defineCommand({
  root: 'paperfeed',
  name: 'follow',
  description: 'Post trending papers here, every weekday at 09:00 unless you choose other days and times.',
  visibility: 'public',
  options: {
    ...SETTINGS_OPTIONS,
    period: { ...SETTINGS_OPTIONS.period, default: 'day' },
    count: { ...SETTINGS_OPTIONS.count, default: 5 },
    if_few: { ...SETTINGS_OPTIONS.if_few, default: THIN_CHOICES[0] },
    style: { ...SETTINGS_OPTIONS.style, default: STYLE_CHOICES[0] },
  },
  rest: 'include',
  async form({ services, caller, typed }) {
    if (Object.keys(typed).length > 0) return undefined;
    await managedChannel(services, caller);
    const { settings } = allowedSettings(caller, defaultSettings(services.delivery.defaultZone), 'follow');
    return optionsOf(settings);
  },
  alsoCalled: ['subscribe to', 'subscribe', 'add', 'start'],
  changes: true,
  examples: [
    '/paperfeed follow',
    '/paperfeed follow time:9:30 zone:Europe/Berlin',
    '/paperfeed follow "reinforcement learning", cs.RO min_votes:10 exclude:survey',
    '/paperfeed follow period:week count:10',
    '/paperfeed follow learned:on',
  ],
  async run({ args, services, caller, now }) {
    const { feeds, delivery } = services;
    const channel = await managedChannel(services, caller);
    const wanted = withOptions(defaultSettings(delivery.defaultZone), args);
    const { settings, remarks } = allowedSettings(caller, wanted, 'follow');
    const here = await feeds.of(channel);
    refuseDouble(here.find((feed) => isDeepStrictEqual(feed.settings, settings)));
    if (here.length >= FEEDS_MAX) {
      throw new UserError(
        `This channel already has ${here.length} feeds, the maximum. Change or remove one of them: /paperfeed list`,
      );
    }
    const feed = await feeds.follow({ channel, settings, manager: caller.person, at: now.toISOString() });
    const of = here.length + 1;
    const start = isLearned(settings) ? await startLearning(services, channel, now) : [];
    const lineOf = (name: string) => feedLine(name, feed, of);
    const next = delivery.nextSlot(feed, now);
    const undo = formatLine({ root: 'paperfeed', name: 'unfollow', args: { feed: feed.id } });
    return feedCard({ feed, next, now, of, lineOf, remarks: [...remarks, ...start], undo }, 'will get');
  },
});

function refuseDouble(same: Feed | undefined): void {
  if (same === undefined) return;
  const what = `This channel already has that feed, ${same.id}: ${feedInWords(same.settings)}.`;
  const stopped = same.disabled !== undefined || same.pausedUntil !== undefined;
  throw new UserError(`${what} ${stopped ? 'Resume it: /paperfeed resume' : 'See it: /paperfeed list'}`);
}
