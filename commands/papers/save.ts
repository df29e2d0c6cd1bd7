/** `/papers save`: adds a paper to the caller's list. */

import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Block } from '../../src/chat/card.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';

export const save = defineCommand({
  root: 'papers',
  name: 'save',
  description: 'Save a paper to your list.',
  visibility: 'private',
  options: { paper: PAPER },
  changes: true,
  alsoMeantBy: { add: '', keep: '', bookmark: '', put: '', remember: '' },
  rest: 'paper',
  examples: ['/papers save 2406.01574'],
  async run({ args, services, caller, now, signal }) {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'save');
    const { added, first, saves } = await services.library.save(caller, paper.id, now.toISOString());
    return answered(found, {
      tone: 'done',
      title: added ? 'Saved to your list' : 'Already on your list',
      blocks: [briefEntry(paper, { commands: ['similar', 'unsave'] }), ...(first ? [FIRST_SAVE] : [])],
      footer: [
        saves > 1 ? `${saves} people in your team saved it · your list: ` : 'Your list: ',
        { kind: 'code', text: '/papers saved' },
      ],
    });
  },
});

const FIRST_SAVE: Block = {
  kind: 'text',
  text: [
    'This is your first saved paper. Only you can see your list; ',
    { kind: 'code', text: '/papers saved scope:team' },
    ' shows the papers that your team saved, without names.',
  ],
};
