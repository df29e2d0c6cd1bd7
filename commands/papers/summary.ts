/** `/papers summary`: summarises a paper in a few sentences. */

import { summaryBody, teachingEntry } from '../../src/cards/paper-card.ts';
import { defineCommand } from '../services.ts';
import { otherCandidates } from '../views/candidates.ts';
import { LEVEL, PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';

const WITHOUT =
  'This paper has no abstract to summarise, or only one that repeats the title. Follow the links to read the paper.';

export const summary = defineCommand({
  root: 'papers',
  name: 'summary',
  description: 'Summarise a paper: one sentence, then problem, approach and result.',
  visibility: 'public',
  options: { paper: PAPER, level: LEVEL },
  alsoCalled: [
    'summarize',
    'summarise',
    'tldr',
    'tl;dr',
    'summary of',
    'give me a summary of',
    'a summary of',
  ],
  alsoMeantBy: {
    explain: '',
    gist: '',
    'gist of': '',
    'tell me about': '',
    'what is': '',
    sum: '',
    brief: '',
    'sum up': '',
  },
  rest: 'paper',
  examples: ['/papers summary 2406.01574', '/papers summary MMLU-Pro level:newcomers'],
  async run({ args, services, caller, signal }) {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const made = await services.summary.summariseFor(args.level, paper, caller);
    const body = made ? summaryBody(made) : [[WITHOUT]];
    const others = found.kind === 'guessed' ? found.others : [];
    return answered(found, {
      tone: 'plain',
      blocks: [
        teachingEntry(paper, body, ['show', 'similar', 'save']),
        ...otherCandidates(others, 'summary'),
      ],
    });
  },
});
