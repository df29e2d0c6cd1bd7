/** `/papers search`: papers by words, within filters. */
import type { Card } from '../src/chat/card.ts';
import type { Command } from '../src/command/define.ts';
import { formatLine } from '../src/command/line.ts';
import { UserError } from '../src/errors.ts';
import { parsePaperReference } from '../src/papers/ids.ts';
import { known } from '../src/papers/known.ts';
import { type SearchFilter, SORTS, type Sort } from '../src/search/port.ts';
import { lineAgain } from './again.ts';
import { listEntries } from './entries.ts';
import { LIMIT, PAGE } from './paging.ts';
import { isEmpty } from './resolve.ts';
import { defineCommand, type Services } from './services.ts';
import { counted } from './views/counts.ts';
import { dayInWords } from './views/dates.ts';
import { filterWords, orderWords } from './views/filter-words.ts';
import {
  beyondLastPage,
  type Correction,
  echo,
  emptyStore,
  noMatch,
  problem,
  unknownPaper,
} from './views/nothing.ts';
import { paperCard } from './views/paper-card.ts';
import { listCard, offsetOf, turn } from './views/paper-list.ts';

export const search: Command<Services> = defineCommand({
  root: 'papers',
  name: 'search',
  description: 'Find papers by words, author, category or date.',
  visibility: 'public',
  options: {
    query: {
      type: 'string',
      description: 'Words, a "phrase in quotes", an arXiv id or a link',
      maxLength: 300,
    },
    limit: LIMIT,
    since: { type: 'day', description: 'Published on this day or later', edge: 'start' },
    until: { type: 'day', description: 'Published on this day or earlier', edge: 'end' },
    category: {
      type: 'string',
      description: 'arXiv category such as cs.LG, or cs for all of its categories',
      maxLength: 30,
      complete: 'category',
    },
    author: { type: 'string', description: 'Name of an author', maxLength: 100, complete: 'author' },
    min_votes: { type: 'integer', description: 'Hugging Face votes at least', min: 1 },
    sort: { type: 'choice', description: 'What comes first', choices: SORTS, default: 'relevance' },
    page: PAGE,
  },
  rest: 'query',
  examples: [
    '/papers search mixture of experts',
    '/papers search "chain of thought" since:2026 min_votes:20',
    '/papers search author:Hinton sort:newest',
  ],
  async run({ args, services }) {
    const { query = '', since, until, category, author, min_votes, sort, page, limit } = args;
    const text = query.trim();
    const filter: SearchFilter = known({ since, until, category, author, minVotes: min_votes });
    refuseEmpty(text, filter, sort);
    const reference = parsePaperReference(text);
    const offset = offsetOf({ page, limit });
    const found = await services.search.search({ text, filter, sort, limit, offset });
    const pages = { page, limit, total: found.total, totalIsFloor: found.totalIsFloor };
    const lineOf = (to: number) => lineAgain(search, args, { page: to });

    const [first, ...others] = found.hits;
    if (!first) {
      if (found.total > 0) return beyondLastPage(pages, lineOf);
      if (reference && !(await services.papers.find(reference.id))) return unknownPaper(reference.id);
      if (await isEmpty(services.papers)) return emptyStore();
      return nothingFound(text, filter, found.correction, (words) =>
        lineAgain(search, args, { query: words, page: 1 }),
      );
    }
    if (others.length === 0 && (found.by === 'reference' || found.by === 'title')) {
      return paperCard(first.paper, await services.summary.summarise(first.paper));
    }
    const what = `${text === '' ? '' : ` for ${echo(text)}`}${filterWords(filter)}${orderWords(sort)}`;
    return listCard({
      title: `${counted(found.total, 'paper', found.totalIsFloor)}${what}`,
      ...(await listEntries(services, found.hits, offset + 1)),
      pages,
      lineOf,
    });
  },
});

function refuseEmpty(text: string, { since, until, ...others }: SearchFilter, sort: Sort): void {
  if (since !== undefined && until !== undefined && since > until) {
    throw new UserError(
      `No day is after ${dayInWords(since)} and before ${dayInWords(until)}; swap since and until.`,
    );
  }
  const limited = since !== undefined || until !== undefined || Object.keys(others).length > 0;
  if (text === '' && !limited && sort === 'relevance') {
    throw new UserError('Say what to look for, as in /papers search mixture of experts');
  }
}

function nothingFound(
  text: string,
  filter: SearchFilter,
  correction: Correction | undefined,
  lineFor: (words: string) => string,
): Card {
  const limits = filterWords(filter);
  if (text === '') return problem([`No paper is here${limits}. Try a wider filter.`]);
  const advice = limits === '' ? 'Try fewer or other words.' : 'Try fewer words or a wider filter.';
  const unlimited = formatLine({ root: 'papers', name: 'search', args: { query: text } });
  return noMatch(
    `No paper matches ${echo(text)}${limits}.`,
    correction,
    advice,
    lineFor,
    limits === '' ? [] : [turn('Without filters', unlimited)],
  );
}
