/** `/papers show`: one paper with its abstract. */

import { PAPER } from './paper-option.ts';
import { resolvePaper } from './resolve.ts';
import { defineCommand } from './services.ts';
import { otherCandidates } from './views/candidates.ts';
import { fullBody, paperEntry } from './views/paper-card.ts';

export const show = defineCommand({
  root: 'papers',
  name: 'show',
  description: 'Show a paper: authors, abstract, votes and links.',
  visibility: 'public',
  options: { paper: PAPER },
  rest: 'paper',
  examples: ['/papers show 2405.15738', '/papers show attention is all you need'],
  async run({ args, services }) {
    const found = await resolvePaper(services, args.paper);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const summary = await services.summary.summarise(paper);
    const others = found.kind === 'guessed' ? found.others : [];
    return {
      tone: 'plain',
      blocks: [paperEntry(paper, fullBody(paper, summary)), ...otherCandidates(others, 'show')],
    };
  },
});
