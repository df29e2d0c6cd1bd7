/** `/papers similar`: finds papers similar to one paper. */

import { listCard, offsetOf } from '../../src/cards/paper-list.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import { readable } from '../../src/text/readable.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { quoteInput } from '../views/quote.ts';
import { LIMIT, PAGE, PAPER } from './input/options.ts';
import { resolvePaper } from './input/resolve-paper.ts';

export const similar: Command<Services> = defineCommand({
  root: 'papers',
  name: 'similar',
  description: 'Find papers similar to one paper.',
  visibility: 'public',
  options: { paper: PAPER, limit: LIMIT, page: PAGE },
  alsoCalled: [
    'similar to',
    'papers like',
    'papers similar to',
    'more papers like',
    'more like',
    'related to',
  ],
  alsoMeantBy: {
    like: '',
    related: '',
    'related papers': '',
    'similar papers': '',
    neighbours: '',
    neighbors: '',
  },
  rest: 'paper',
  examples: ['/papers similar 2406.01574', '/papers similar MMLU-Pro limit:10'],
  async run({ args, services, signal }) {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const { limit } = args;
    const offset = offsetOf(args);
    const alike = await services.search.similar({ ids: [paper.id], filter: {}, limit, offset });
    const pages = { page: args.page, limit, total: alike.total, totalIsFloor: alike.totalIsFloor };
    // By id: the words may match another paper when the next page is opened.
    const lineOf = (page: number) => pageLine(similar, { paper: paper.id, limit }, { page });
    if (alike.hits.length === 0) {
      return alike.total > 0
        ? beyondLastPage(pages, lineOf)
        : problem([
            `No papers similar to ${quoteInput(readable(paper.title))} are loaded yet. Try /papers search`,
          ]);
    }
    const { actions = [], ...card } = listCard({
      title: `Papers similar to ${quoteInput(readable(paper.title))}`,
      ...(await listEntries(
        services,
        alike.hits.map(({ why: _, ...hit }) => hit),
        offset + 1,
      )),
      pages,
      lineOf,
    });
    if (found.kind === 'named') return { ...card, actions };
    const matches = formatLine({ root: 'papers', name: 'search', args: { query: args.paper } });
    return {
      ...card,
      actions: [...actions, { kind: 'run', label: 'Other matches', line: matches, effect: 'answer' }],
    };
  },
});
