/** `/papers unwatch`: ends a watch. */
import { undoButton } from '../../src/cards/paper-list.ts';
import { termsInWords } from '../../src/cards/watch-words.ts';
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { watchLine } from '../views/watch-card.ts';
import { WATCH } from './input/options.ts';
import { resolveWatch } from './input/resolve-watch.ts';

export const unwatch = defineCommand({
  root: 'papers',
  name: 'unwatch',
  group: { name: 'watch', as: 'end' },
  description: 'End a watch of yours or of this channel.',
  visibility: 'private',
  forManagers: true,
  options: { watch: WATCH },
  rest: 'watch',
  alsoCalled: [
    'watch end',
    'stop watching for',
    'stop watching',
    'stop alerting me about',
    'stop alerts about',
    'stop telling me about',
    'stop notifying me about',
    'stop the watch on',
    'stop my watch on',
    'no longer watch',
    "don't watch",
    'do not watch',
    'end the watch on',
    'end my watch on',
    'end watch',
    'cancel my watch on',
    'cancel watch',
    'delete my watch on',
    'delete watch',
    'remove my watch on',
    'remove watch',
  ],
  changes: true,
  examples: ['/papers unwatch diffusion', '/papers unwatch watch:12'],
  async run({ args, services, caller, now }) {
    const watch = await resolveWatch(services, caller, args.watch, now);
    await services.watches.unwatch(watch.target, watch.id);
    const what = `new papers ${termsInWords(watch.terms)}`;
    const sentence =
      watch.target.kind === 'channel'
        ? `This channel no longer gets ${what}.`
        : `You are no longer told about ${what}.`;
    return { tone: 'done', blocks: [line(sentence)], actions: [undoButton(watchLine(watch))] };
  },
});
