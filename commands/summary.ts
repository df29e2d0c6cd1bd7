/** `/papers summary`: what a paper did, in a few sentences. */
import { PAPER } from './options.ts';
import { resolvePaper } from './resolve.ts';
import { defineCommand } from './services.ts';
import { otherCandidates } from './views/candidates.ts';
import { paperEntry, summaryBody } from './views/paper-card.ts';

export const summary = defineCommand({
  root: 'papers',
  name: 'summary',
  description: 'Say what a paper did: one sentence, then problem, approach and result.',
  visibility: 'public',
  options: { paper: PAPER },
  rest: 'paper',
  examples: ['/papers summary 2406.01574', '/papers summary https://arxiv.org/abs/2406.01574'],
  async run({ args, services, signal }) {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const made = await services.summary.summarise(paper);
    const body = made
      ? summaryBody(made)
      : [['There is no abstract here to summarise; the links lead to the paper.']];
    const others = found.kind === 'guessed' ? found.others : [];
    return {
      tone: 'plain',
      blocks: [paperEntry(paper, body, ['show', 'similar', 'save']), ...otherCandidates(others, 'summary')],
    };
  },
});
