/** `/paperfeed subjects`: shows what this channel learned. Managers pin, ban, clear and reset subjects. */
import { UserError } from '../../src/base/errors.ts';
import { pageButton, undoButton } from '../../src/cards/paper-list.ts';
import { formatLine } from '../../src/command/line.ts';
import { type Feed, isLearned } from '../../src/feeds/feed.ts';
import { wordsOfTerms } from '../../src/feeds/options/terms.ts';
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { learnFromChannel } from './input/learn-from-channel.ts';
import { SUBJECTS_SAID } from './input/learned-said.ts';
import { learnedBlocks, learningRemark, refuseWithoutFeed } from './input/learning.ts';
import { managedFeeds, visibleFeeds } from './input/permissions.ts';

const SUBJECT_LENGTH = 80;
const subject = (description: string) =>
  ({ type: 'string', description, maxLength: SUBJECT_LENGTH }) as const;

export const subjects = defineCommand({
  root: 'paperfeed',
  name: 'subjects',
  description: 'Show what this channel learned to like. Pin or ban subjects, or forget them all.',
  visibility: 'public',
  options: {
    pin: { ...subject('A subject of which this channel should get more'), alsoCalled: ['more', 'like'] },
    ban: { ...subject('A subject that this channel should not get'), alsoCalled: ['less', 'never', 'hide'] },
    clear: {
      ...subject('A pinned or banned subject that should be neither'),
      alsoCalled: ['unpin', 'unban'],
    },
    from: {
      type: 'choice',
      description: 'channel learns from papers linked here before, and asks first',
      choices: ['channel'],
      alsoCalled: ['learn_from'],
      synonyms: { channel: ['here', 'links', 'history', 'past', 'messages'] },
    },
    reset: { type: 'choice', description: 'yes forgets all that was learned here', choices: ['yes'] },
    sure: {
      type: 'choice',
      inMenu: false,
      description: 'yes learns from the papers of the channel without asking',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
    },
  },
  alsoCalled: ['learned', 'learn', 'taste'],
  saidBy: SUBJECTS_SAID,
  changes: true,
  examples: [
    '/paperfeed subjects pin:"diffusion models"',
    '/paperfeed subjects',
    '/paperfeed subjects ban:robotics',
    '/paperfeed subjects from:channel',
  ],
  async run({ args, services, caller, now, signal }) {
    const { pin, ban, clear, from, reset, sure } = args;
    const said = [pin, ban, clear, from, reset].filter((each) => each !== undefined);
    const at = now.toISOString();
    if (said.length > 1) throw new UserError('Name one of pin, ban, clear, from and reset at a time.');
    if (said.length === 0) {
      const channel = await visibleFeeds(services, caller);
      const feeds = await services.feeds.of(channel);
      refuseWithoutFeed(feeds);
      const included = feeds
        .filter(({ settings }) => isLearned(settings))
        .flatMap(({ settings }) => wordsOfTerms(settings.include));
      const view = await services.learning.view({ channel, start: [...new Set(included)], asOf: at });
      return {
        tone: 'plain',
        title: 'What this channel learned',
        blocks: [...learnedBlocks(view), ...learningRemark(feeds).map(line)],
        footer: [
          'Change it: ',
          { kind: 'code', text: '/paperfeed subjects pin:robots' },
          ' · ',
          { kind: 'code', text: '/paperfeed subjects ban:robots' },
          ' · ',
          { kind: 'code', text: '/paperfeed subjects reset:yes' },
        ],
      };
    }
    const channel = await managedFeeds(services, caller);
    const feeds = await services.feeds.of(channel);
    refuseWithoutFeed(feeds);
    if (from !== undefined) {
      const card = await learnFromChannel({ services, caller, channel, now, signal }, sure === 'yes');
      return { ...card, blocks: [...card.blocks, ...remarks(feeds)] };
    }
    if (reset === 'yes') {
      await services.learning.reset(channel, at);
      return {
        tone: 'done',
        blocks: [
          line('Forgotten: this channel learns from now on. Papers that people saved stay on their lists.'),
        ],
      };
    }
    const name = (pin ?? ban ?? clear ?? '').trim();
    const rule = pin === undefined ? (ban === undefined ? undefined : 'banned') : 'pinned';
    const before = await services.learning.rule(channel, name, rule, at);
    const undo = before === 'pinned' ? { pin: name } : before === 'banned' ? { ban: name } : { clear: name };
    const isNeither = rule === undefined && before === undefined;
    return {
      tone: isNeither ? 'plain' : 'done',
      blocks: [line(outcome(name, rule, before)), ...remarks(feeds)],
      actions: isNeither
        ? (['pin', 'ban'] as const).map((way) =>
            pageButton(way === 'pin' ? 'Pin it' : 'Ban it', subjectsLine({ [way]: name })),
          )
        : before === rule
          ? []
          : [undoButton(subjectsLine(undo))],
    };
  },
});

function subjectsLine(args: Readonly<Record<string, string>>): string {
  return formatLine({ root: 'paperfeed', name: 'subjects', args });
}

function outcome(name: string, rule: 'pinned' | 'banned' | undefined, before: string | undefined): string {
  if (rule === undefined) {
    return before === undefined
      ? `“${name}” was neither pinned nor banned here.`
      : `“${name}” is no longer ${before} here.`;
  }
  return rule === 'pinned'
    ? `Pinned: papers about “${name}” rank higher here.`
    : `Banned: this channel gets no papers about “${name}”.`;
}

function remarks(feeds: readonly Feed[]) {
  return learningRemark(feeds).map(line);
}
