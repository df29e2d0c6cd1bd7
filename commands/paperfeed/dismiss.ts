/** `/paperfeed dismiss`: tells the bot that the channel wants fewer papers like one. For everyone in it. */
import { undoButton } from '../../src/cards/paper-list.ts';
import { formatLine } from '../../src/command/line.ts';
import { readable } from '../../src/text/readable.ts';
import { PAPER } from '../papers/input/options.ts';
import { resolvePaper } from '../papers/input/resolve-paper.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { line } from '../views/feed-card.ts';
import { DISMISS_SAID } from './input/learned-said.ts';
import { learningRemark, refuseWithoutFeed } from './input/learning.ts';
import { visibleFeeds } from './input/permissions.ts';

export const dismiss = defineCommand({
  root: 'paperfeed',
  name: 'dismiss',
  description: 'Ask for fewer papers like this one in this channel. Everyone’s word counts once.',
  visibility: 'private',
  options: {
    paper: PAPER,
    undo: { type: 'choice', description: 'yes takes it back', choices: ['yes'] },
  },
  rest: 'paper',
  alsoCalled: ['less like', 'fewer like'],
  alsoMeantBy: { undismiss: 'undo:yes' },
  saidBy: DISMISS_SAID,
  changes: true,
  examples: ['/paperfeed dismiss 2406.01574'],
  async run({ args, services, caller, now, signal }) {
    const channel = await visibleFeeds(services, caller);
    const feeds = await services.feeds.of(channel);
    refuseWithoutFeed(feeds);
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'show');
    const title = readable(paper.title);
    const lineOf = (undo?: 'yes') =>
      formatLine({ root: 'paperfeed', name: 'dismiss', args: { paper: paper.id, undo } });
    if (args.undo === 'yes') {
      const was = await services.learning.withdraw(caller, 'dismissed', paper.id);
      const text = was ? `Taken back: “${title}”.` : `You have not dismissed “${title}”.`;
      return { tone: was ? 'done' : 'plain', blocks: [line(text)] };
    }
    const { person } = caller;
    const isNew = await services.learning.record(
      { channel, person, kind: 'dismissed' },
      paper.id,
      now.toISOString(),
    );
    const text = isNew
      ? `This channel will get fewer papers like “${title}”. Nobody sees who said so.`
      : `You have already said so of “${title}”. It counts once.`;
    return {
      tone: 'done',
      blocks: [line(text), ...learningRemark(feeds).map(line)],
      actions: [undoButton(lineOf('yes'))],
    };
  },
});
