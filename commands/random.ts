/** `/papers random`: one paper, for the curious. */
import type { Command } from '../src/command/define.ts';
import { known } from '../src/papers/known.ts';
import { lineAgain } from './again.ts';
import { isEmpty } from './resolve.ts';
import { defineCommand, type Services } from './services.ts';
import { filterWords } from './views/filter-words.ts';
import { emptyStore, problem } from './views/nothing.ts';
import { paperCard } from './views/paper-card.ts';
import { turn } from './views/paper-list.ts';

export const random: Command<Services> = defineCommand({
  root: 'papers',
  name: 'random',
  description: 'Show a paper picked by chance.',
  visibility: 'public',
  options: {
    category: {
      type: 'string',
      description: 'Only from this arXiv category, such as cs.LG',
      maxLength: 30,
      complete: 'category',
    },
    since: { type: 'day', description: 'Published on this day or later', edge: 'start' },
    min_votes: { type: 'integer', description: 'Hugging Face votes at least', min: 1 },
  },
  rest: 'category',
  examples: ['/papers random', '/papers random cs.RO min_votes:20'],
  async run({ args, services }) {
    const { category, since, min_votes } = args;
    const filter = known({ category, since, minVotes: min_votes });
    const paper = await services.papers.random(filter);
    if (!paper) {
      if (await isEmpty(services.papers)) return emptyStore();
      return problem([`No paper is here${filterWords(filter)}. Try a wider filter.`]);
    }
    return {
      ...paperCard(paper, await services.summary.summarise(paper)),
      actions: [turn('Another', lineAgain(random, args))],
    };
  },
});
