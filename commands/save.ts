/** `/papers save`: puts a paper on the caller's list. */
import type { Block } from '../src/chat/card.ts';
import type { Library, Person } from '../src/library/library.ts';
import { PAPER } from './paper-option.ts';
import { resolvePaper } from './resolve.ts';
import { defineCommand } from './services.ts';
import { whichOne } from './views/candidates.ts';
import { briefEntry } from './views/paper-list.ts';

export const save = defineCommand({
  root: 'papers',
  name: 'save',
  description: 'Save a paper to your list.',
  visibility: 'private',
  options: { paper: PAPER },
  rest: 'paper',
  examples: ['/papers save 2405.15738'],
  async run({ args, services, caller, now }) {
    const found = await resolvePaper(services, args.paper);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'save');
    const { added, first } = await services.library.save(caller, paper.id, now.toISOString());
    const people = added ? await peopleWhoSaved(services.library, caller, paper.id) : 1;
    return {
      tone: 'done',
      title: added ? 'Saved to your list' : 'Already on your list',
      blocks: [briefEntry(paper, { commands: ['similar', 'unsave'] }), ...(first ? [FIRST_SAVE] : [])],
      footer: [
        people > 1 ? `${people} people of your team saved it · your list: ` : 'Your list: ',
        { kind: 'code', text: '/papers saved' },
      ],
    };
  },
});

const FIRST_SAVE: Block = {
  kind: 'text',
  text: [
    'Your first one. Your list is yours alone; ',
    { kind: 'code', text: '/papers saved scope:team' },
    ' shows what the whole team saved, without names.',
  ],
};

/** The paper that was saved last stands first on the team's list. */
async function peopleWhoSaved(library: Library, { team }: Person, id: string): Promise<number> {
  const { papers } = await library.team(team, 1, 0);
  return papers.find(({ paper }) => paper.id === id)?.saves ?? 1;
}
