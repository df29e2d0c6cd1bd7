/** `/papers compare`: puts two to four papers side by side. */

import { UserError } from '../../src/base/errors.ts';
import type { Card, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';
import { defineCommand } from '../services.ts';
import { comparisonCard } from '../views/comparison-card.ts';
import { quoteInput } from '../views/quote.ts';
import { paperNamesIn } from './input/paper-names.ts';
import { resolvePaper } from './input/resolve-paper.ts';

/** More would not fit on a phone's screen. */
const MOST = 4;
/** Both papers are in the sample data. */
const EXAMPLE = '/papers compare 2406.01574, 2605.06665';

export const compare = defineCommand({
  root: 'papers',
  name: 'compare',
  description: 'Compare two to four papers by problem, approach, data and result.',
  visibility: 'public',
  options: {
    papers: {
      type: 'string',
      description: 'IDs, links or titles, separated by commas; a title with a comma in "quotes"',
      required: true,
      maxLength: 1_000,
      list: true,
      reads: 'plain',
      complete: 'papers',
    },
  },
  alsoCalled: ['difference between', 'differences between', 'what is the difference between'],
  alsoMeantBy: { diff: '', contrast: '', versus: '' },
  rest: 'papers',
  examples: [EXAMPLE],
  async run({ args, services, caller, signal }): Promise<Card> {
    const named = paperNamesIn(args.papers);
    if (named.length < 2 || named.length > MOST)
      throw new UserError(`Name two to four papers, separated by commas: ${EXAMPLE}`);
    const papers = new Map<string, Paper>();
    const remarks = new Map<string, RichText>();
    // One after the other, so that the answer names the first paper that is not found.
    for (const name of named) {
      const found = await resolvePaper(services, name, signal);
      if (found.kind === 'nothing') return found.card;
      papers.set(found.paper.id, found.paper);
      if (found.kind === 'named' && found.remark) remarks.set(found.paper.id, found.remark);
    }
    const [only, ...others] = papers.values();
    if (only && others.length === 0)
      throw new UserError(
        `These are all the same paper: ${quoteInput(readable(only.title))}. Name another one to compare it with.`,
      );
    return comparisonCard(await services.answers.compare([...papers.values()], caller), remarks);
  },
});
