/** `/papers unsave`: removes a paper from the caller's list. */

import { briefEntry } from '../../src/cards/paper-list.ts';
import { readable } from '../../src/text/readable.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { problem } from '../views/empty-results.ts';
import { quoteInput } from '../views/quote.ts';
import { PAPER } from './input/options.ts';
import { resolvePaper } from './input/resolve-paper.ts';
import { onListOf } from './input/saved-by.ts';

export const unsave = defineCommand({
  root: 'papers',
  name: 'unsave',
  description: 'Remove a paper from your list.',
  visibility: 'private',
  options: { paper: { ...PAPER, complete: 'saved-paper' } },
  changes: true,
  alsoCalled: ['unbookmark'],
  alsoMeantBy: { remove: '', delete: '', drop: '' },
  rest: 'paper',
  examples: ['/papers unsave 2406.01574'],
  async run({ args, services, caller, signal }) {
    const scope = { filter: onListOf(caller), name: 'on your list' };
    const found = await resolvePaper(services, args.paper, signal, scope);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'unsave');
    if (!(await services.library.unsave(caller, paper.id))) {
      const code = { kind: 'code', text: '/papers saved' } as const;
      return problem([`${quoteInput(readable(paper.title))} is not on your list. See your list: `, code]);
    }
    return {
      tone: 'done',
      title: 'Removed from your list',
      blocks: [briefEntry(paper, { commands: ['save'] })],
    };
  },
});
