/** `/papers ask`: answers a question about one paper, or about all papers in the store. */
import type { Card } from '../../src/chat/card.ts';
import { defineCommand } from '../services.ts';
import { answerAbout, answerOfAll } from '../views/answer-card.ts';
import { otherCandidates } from '../views/candidates.ts';
import { emptyStore } from '../views/empty-results.ts';
import { PAPER } from './input/options.ts';
import { answered, isEmpty, resolvePaper } from './input/resolve-paper.ts';

export const ask = defineCommand({
  root: 'papers',
  name: 'ask',
  description: 'Ask a question about one paper or all papers. The answer quotes their abstracts.',
  visibility: 'public',
  options: {
    question: {
      type: 'string',
      description: 'Your question',
      required: true,
      maxLength: 300,
      reads: 'question',
    },
    paper: {
      ...PAPER,
      description: 'Only about this paper: arXiv ID, link, or words from its title',
      required: false,
    },
  },
  alsoMeantBy: { question: '', answer: '', q: '' },
  rest: 'question',
  examples: [
    '/papers ask what data did they train on? paper:2406.01574',
    '/papers ask does instruction tuning help multi-task learning?',
  ],
  async run({ args, services, caller, signal }): Promise<Card> {
    const { question, paper: words } = args;
    if (words === undefined) {
      if (await isEmpty(services.papers)) return emptyStore();
      return answerOfAll(question, await services.answers.askAll(question, caller));
    }
    const found = await resolvePaper(services, words, signal);
    if (found.kind === 'nothing') return found.card;
    const answer = await services.answers.askPaper(question, found.paper, caller);
    const card = answerAbout(question, found.paper, answer);
    const others = found.kind === 'guessed' ? found.others : [];
    return answered(found, { ...card, blocks: [...card.blocks, ...otherCandidates(others, 'show')] });
  },
});
