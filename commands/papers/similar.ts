/** `/papers similar`: finds papers similar to one paper, to several, or to a pasted abstract. */

import { compact } from '../../src/base/compact.ts';
import { listCard, offsetOf } from '../../src/cards/paper-list.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import { severalPapers } from '../../src/command/several-papers.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { SearchFilter, SearchPage } from '../../src/search/search.ts';
import { readable } from '../../src/text/readable.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { quoteInput } from '../views/quote.ts';
import { filterWords, refuseSwappedDays } from '../views/search-words.ts';
import { AUTHOR, CATEGORY, LIMIT, PAGE, PAPER, SINCE, UNTIL } from './input/options.ts';
import { resolvePaper } from './input/resolve-paper.ts';

/** Characters. A longer text is an abstract, and no title. */
const LONGEST_NAME = 300;

/** What the results are like. */
interface Likened {
  /** To put after “similar to”. */
  readonly name: string;
  /** The same on every page: by id, as the words may match another paper when the next page is opened. */
  readonly paper: string;
  readonly actions: readonly Action[];
  find(page: {
    readonly filter: SearchFilter;
    readonly limit: number;
    readonly offset: number;
  }): Promise<SearchPage>;
}

export const similar: Command<Services> = defineCommand({
  root: 'papers',
  name: 'similar',
  description: 'Find papers similar to one paper or to several.',
  visibility: 'public',
  options: {
    paper: {
      ...PAPER,
      description: 'arXiv IDs or links, words from one title, or an abstract',
      maxLength: 2_500,
      together: true,
    },
    limit: LIMIT,
    since: SINCE,
    until: UNTIL,
    category: CATEGORY,
    author: AUTHOR,
    page: PAGE,
  },
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
  examples: [
    '/papers similar 2406.01574',
    '/papers similar 2406.01574, 2605.06665 since:2026',
    '/papers similar MMLU-Pro limit:10',
  ],
  async run({ args, services, signal }) {
    const { limit, page, since, until, category, author } = args;
    refuseSwappedDays(since, until);
    const likened = await likenedTo(services, args.paper, signal);
    if ('tone' in likened) return likened;
    const filter: SearchFilter = compact({ since, until, category, author });
    const offset = offsetOf(args);
    const alike = await likened.find({ filter, limit, offset });
    const pages = { page, limit, total: alike.total, totalIsFloor: alike.totalIsFloor };
    const lineOf = (to: number) => pageLine(similar, { ...args, paper: likened.paper }, { page: to });
    const named = `similar to ${likened.name}${filterWords(filter)}`;
    if (alike.hits.length === 0) {
      if (alike.total > 0) return beyondLastPage(pages, lineOf);
      const isFiltered = Object.keys(filter).length > 0;
      const advice = isFiltered ? 'Try a wider filter.' : 'Try /papers search';
      return problem([`No papers ${named} are loaded yet. ${advice}`]);
    }
    const hits = alike.hits.map(({ why: _, ...hit }) => hit);
    const { actions = [], ...card } = listCard({
      title: `Papers ${named}`,
      ...(await listEntries(services, hits, offset + 1)),
      pages,
      lineOf,
    });
    return { ...card, actions: [...actions, ...likened.actions] };
  },
});

async function likenedTo(services: Services, typed: string, signal: AbortSignal): Promise<Likened | Card> {
  const { search } = services;
  const names = severalPapers(PAPER, typed);
  if (names.length === 0 && typed.length > LONGEST_NAME) {
    return {
      name: quoteInput(typed),
      paper: typed,
      actions: [],
      find: (page) => search.search({ ...page, text: typed, sort: 'relevance' }),
    };
  }
  const papers = new Map<string, Paper>();
  let isGuess = false;
  // One after the other, so that the answer names the first paper that is not found.
  for (const name of names.length > 1 ? names : [typed]) {
    const found = await resolvePaper(services, name, signal);
    if (found.kind === 'nothing') return found.card;
    papers.set(found.paper.id, found.paper);
    isGuess ||= found.kind === 'guessed';
  }
  const ids = [...papers.keys()];
  const matches = formatLine({ root: 'papers', name: 'search', args: { query: typed } });
  return {
    name: listedNames([...papers.values()]),
    paper: ids.join(', '),
    actions:
      isGuess && ids.length === 1
        ? [{ kind: 'run', label: 'Other matches', line: matches, effect: 'answer' }]
        : [],
    find: (page) => search.similar({ ...page, ids }),
  };
}

/** `“A”`, `“A” and “B”`, `“A” and 2 others`. */
function listedNames(papers: readonly Paper[]): string {
  const [first = '', second, ...others] = papers.map(({ title }) => quoteInput(readable(title)));
  if (second === undefined) return first;
  return `${first} and ${others.length === 0 ? second : `${others.length + 1} others`}`;
}
