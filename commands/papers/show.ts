/** `/papers show`: shows one paper with its abstract. */

import { fullBody, teachingEntry } from '../../src/cards/paper-card.ts';
import { defineCommand } from '../services.ts';
import { otherCandidates } from '../views/candidates.ts';
import { PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';

export const show = defineCommand({
  root: 'papers',
  name: 'show',
  description: 'Show a paper: authors, abstract, votes and links.',
  visibility: 'public',
  options: { paper: PAPER },
  alsoMeantBy: {
    abstract: '',
    open: '',
    view: '',
    get: '',
    paper: '',
    details: '',
    info: '',
    display: '',
    find: '',
    see: '',
    'show me': '',
    'look at': '',
    link: '',
    pdf: '',
    abs: '',
  },
  rest: 'paper',
  examples: ['/papers show 2406.01574', '/papers show MMLU-Pro'],
  async run({ args, services, signal }) {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const summary = await services.summary.summarise(paper);
    const others = found.kind === 'guessed' ? found.others : [];
    return answered(found, {
      tone: 'plain',
      blocks: [teachingEntry(paper, fullBody(paper, summary)), ...otherCandidates(others, 'show')],
    });
  },
});
