/** `/papers unsave`: takes a paper off the caller's list. */
import { PAPER } from './options.ts';
import { resolvePaper } from './resolve.ts';
import { onListOf } from './saved-by.ts';
import { defineCommand } from './services.ts';
import { whichOne } from './views/candidates.ts';
import { echo } from './views/echo.ts';
import { problem } from './views/nothing.ts';
import { briefEntry } from './views/paper-list.ts';

export const unsave = defineCommand({
  root: 'papers',
  name: 'unsave',
  description: 'Take a paper off your list.',
  visibility: 'private',
  options: { paper: { ...PAPER, complete: 'saved-paper' } },
  rest: 'paper',
  examples: ['/papers unsave 2406.01574'],
  async run({ args, services, caller, signal }) {
    const shelf = { filter: onListOf(caller), name: 'on your list' };
    const found = await resolvePaper(services, args.paper, signal, shelf);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'unsave');
    if (!(await services.library.unsave(caller, paper.id))) {
      const code = { kind: 'code', text: '/papers saved' } as const;
      return problem([`${echo(paper.title)} is not on your list. See what is: `, code]);
    }
    return {
      tone: 'done',
      title: 'Taken off your list',
      blocks: [briefEntry(paper, { commands: ['save'] })],
    };
  },
});
