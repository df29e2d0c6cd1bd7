/** `/papers watches`: lists the watches of the caller and of the channel, what one found, or pauses one. */
import { offsetOf, undoButton } from '../../src/cards/paper-list.ts';
import { termsInWords } from '../../src/cards/watch-words.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import { defineCommand, type Services } from '../services.ts';
import { line, textBlock } from '../views/feed-card.ts';
import { foundPapers, watchList } from '../views/watch-card.ts';
import { LIMIT, PAGE, WATCH } from './input/options.ts';
import { findWatch, resolveWatch, watchesFor } from './input/resolve-watch.ts';

/** With two buttons each, a card has room for these. */
const ON_PAGE = 5;

export const watches: Command<Services> = defineCommand({
  root: 'papers',
  name: 'watches',
  group: { name: 'watch', as: 'list' },
  description: 'List your watches and this channel’s, pause one, or see what it found.',
  visibility: 'private',
  forManagers: true,
  options: {
    watch: { ...WATCH, description: 'Only with do: the watch’s number or words' },
    do: {
      type: 'choice',
      description: 'Pause or resume it, or list what it found',
      choices: ['pause', 'resume', 'papers'],
    },
    page: PAGE,
  },
  rest: 'watch',
  alsoCalled: [
    'watch list',
    'what am i watching',
    'what do i watch',
    'what are we watching',
    'what is this channel watching',
    "what's this channel watching",
    'what does this channel watch',
    'which watches do i have',
    'what watches do i have',
    'which papers am i watching',
    'what alerts do i have',
    'my watches',
    'my alerts',
    'our watches',
    'list watches',
    'list my watches',
    'show watches',
    'show my watches',
    'show me my watches',
  ],
  calledWith: {
    'papers of watch': 'do:papers',
    'papers from watch': 'do:papers',
    'papers found by watch': 'do:papers',
    'what did watch': 'do:papers',
    'what has watch': 'do:papers',
    'what did my watch': 'do:papers',
    'what did my watch on': 'do:papers',
    'what has my watch on': 'do:papers',
    'what did the watch on': 'do:papers',
    'what has the watch on': 'do:papers',
    'pause watching': 'do:pause',
    'pause my watch on': 'do:pause',
    'pause the watch on': 'do:pause',
    'pause watch': 'do:pause',
    'resume watching': 'do:resume',
    'continue watching': 'do:resume',
    'resume my watch on': 'do:resume',
    'resume the watch on': 'do:resume',
    'resume watch': 'do:resume',
  },
  changes: true,
  examples: ['/papers watches', '/papers watches watch:12 do:pause', '/papers watches watch:12 do:papers'],
  async run({ args, services, caller, now }) {
    if (args.do === 'papers') {
      const watch = await findWatch(services, caller, args.watch, now);
      const pages = { page: args.page, limit: LIMIT.default };
      const found = await services.watches.found(watch.target, watch.id, pages.limit, offsetOf(pages));
      const lineFor = (to: number) =>
        pageLine(watches, { watch: String(watch.id), do: 'papers' }, { page: to });
      return foundPapers(watch, found, pages, lineFor);
    }
    if (args.do !== undefined) {
      const watch = await resolveWatch(services, caller, args.watch, now);
      const isPause = args.do === 'pause';
      const isChanged = await services.watches[args.do](watch.target, watch.id);
      const name = `The watch for papers ${termsInWords(watch.terms)}`;
      const state = isPause ? 'paused until you resume it' : 'looking for new papers again';
      return {
        tone: isChanged ? 'done' : 'plain',
        blocks: [line(`${name} is ${isChanged ? '' : isPause ? 'already ' : 'not paused: it is '}${state}.`)],
        actions: isChanged
          ? [undoButton(`/papers watches watch:${watch.id} do:${isPause ? 'resume' : 'pause'}`)]
          : [],
      };
    }
    const all = await watchesFor(services, caller, now);
    if (all.length === 0) {
      const begin = { kind: 'code', text: '/papers watch "protein design"' } as const;
      return {
        tone: 'plain',
        blocks: [textBlock(['Nothing is watched here yet. Start with ', begin])],
      };
    }
    const of = Math.ceil(all.length / ON_PAGE);
    const page = Math.min(args.page, of);
    const shown = all.slice((page - 1) * ON_PAGE, page * ON_PAGE);
    return watchList(shown, all.length, { page, of, lineOf: (to) => pageLine(watches, {}, { page: to }) });
  },
});
