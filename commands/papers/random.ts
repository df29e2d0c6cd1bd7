/** `/papers random`: shows a random paper. */

import { compact } from '../../src/base/compact.ts';
import { answerCard } from '../../src/cards/paper-card.ts';
import { pageButton } from '../../src/cards/paper-list.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import { looksLikeCategory } from '../../src/text/ids.ts';
import { defineCommand, type Services } from '../services.ts';
import { emptyStore, problem } from '../views/empty-results.ts';
import { filterWords } from '../views/search-words.ts';
import { CATEGORY, MIN_VOTES, SINCE } from './input/options.ts';
import { isEmpty } from './input/resolve-paper.ts';

export const random: Command<Services> = defineCommand({
  root: 'papers',
  name: 'random',
  description: 'Show a random paper.',
  visibility: 'public',
  options: {
    category: {
      ...CATEGORY,
      description: 'Only papers in this arXiv category, such as cs.LG',
      fits: looksLikeCategory,
      reads: 'topic',
    },
    since: SINCE,
    min_votes: MIN_VOTES,
  },
  alsoCalled: ['surprise me', 'random paper', 'a random paper', 'give me a random paper', 'pick a paper'],
  alsoMeantBy: { surprise: '', lucky: '', 'any paper': '' },
  rest: 'category',
  examples: ['/papers random', '/papers random cs.RO min_votes:20'],
  async run({ args, services }) {
    const { since, min_votes } = args;
    const category = args.category && (await asStored(services.search, args.category));
    const filter = compact({ category, since, minVotes: min_votes });
    const paper = await services.papers.random(filter);
    if (!paper) {
      if (await isEmpty(services.papers)) return emptyStore();
      return problem([`No papers${filterWords(filter)}. Try a wider filter.`]);
    }
    return {
      ...answerCard(paper, await services.summary.summarise(paper)),
      actions: [pageButton('Another', pageLine(random, args))],
    };
  },
});

/** The exact spelling of a category, because people type `cs.lg`. */
async function asStored(search: Services['search'], typed: string): Promise<string> {
  const [first] = await search.suggestCategories(typed, 1);
  return first?.toLowerCase() === typed.toLowerCase() ? first : typed;
}
