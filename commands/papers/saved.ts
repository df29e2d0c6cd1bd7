/** `/papers saved`: lists or searches the papers that the caller or the team saved. */

import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { publishedInWords } from '../../src/cards/dates.ts';
import { shortLine } from '../../src/cards/paper-lines.ts';
import { listCard, offsetOf, pageButton } from '../../src/cards/paper-list.ts';
import type { Caller } from '../../src/chat/caller.ts';
import type { Card, RichText } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import type { SavedPaper } from '../../src/library/library.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, noMatch } from '../views/empty-results.ts';
import { type Listed, listEntries } from '../views/entries.ts';
import { quoteInput } from '../views/quote.ts';
import { LIMIT, PAGE } from './input/options.ts';
import { onListOf, onListOfTeam, teamOf } from './input/saved-by.ts';

export const saved: Command<Services> = defineCommand({
  root: 'papers',
  name: 'saved',
  description: 'List the papers that you or your team saved, or search them.',
  visibility: 'private',
  options: {
    scope: {
      type: 'choice',
      description: 'Your own list, or the papers that your team saved',
      choices: ['mine', 'team'],
      default: 'mine',
      synonyms: { mine: ['me', 'my', 'own'], team: ['all', 'everyone', 'us', 'ours', 'lab', 'group'] },
      saidAs: {
        mine: ['^(?:by )?(?:me|mine)$'],
        team: ['(?:by |of |in |from )?(?:the |my |our )?(?:team|lab|group|everyone|everybody|all of us)$'],
      },
      standsAlone: true,
    },
    query: {
      type: 'string',
      description: 'Words to search for in saved papers',
      maxLength: 300,
      reads: 'topic',
      operators: true,
    },
    page: PAGE,
  },
  alsoCalled: [
    'what did i save',
    'what have i saved',
    'show my list',
    'show my saved papers',
    'show my papers',
    'show my library',
    'my saved papers',
    'my library',
    'my reading list',
    'my bookmarks',
    'my favorites',
    'my favourites',
    'my papers',
    'my list',
    'my saved',
    'show me my list',
    'show me my saved papers',
  ],
  alsoMeantBy: {
    'reading list': '',
    library: '',
    bookmarks: '',
    bookmarked: '',
    saves: '',
    starred: '',
    favs: '',
    favorites: '',
    favourites: '',
  },
  rest: 'query',
  examples: ['/papers saved', '/papers saved reward models scope:team'],
  async run({ args, services, caller }) {
    const { scope, query = '', page } = args;
    const limit = LIMIT.default;
    const offset = offsetOf({ page, limit });
    const mine = scope === 'mine';
    if (!mine) refuseAlone(caller);
    const lineOf = (to: number) => pageLine(saved, args, { page: to });

    if (query !== '') {
      const filter = mine ? onListOf(caller) : onListOfTeam(caller);
      const found = await services.search.search({ text: query, filter, sort: 'relevance', limit, offset });
      if (found.hits.length === 0 && found.total === 0) {
        return noMatch(
          `No paper on ${mine ? 'your list' : 'the team’s list'} matches ${quoteInput(query)}.`,
          found.correction,
          'Try fewer or other words.',
          (words) => pageLine(saved, args, { query: words, page: 1 }),
          [pageButton('Whole list', pageLine(saved, { scope }))],
        );
      }
      const title = `${counted(found.total, 'saved paper', found.totalIsFloor)} for ${quoteInput(query)}`;
      return pageOf(title, found.hits, found);
    }

    const { library } = services;
    const list = mine
      ? await library.mine(caller, limit, offset)
      : await library.team(teamOf(caller), limit, offset);
    if (list.total === 0) return nothingSaved(mine);
    const papers = counted(list.total, 'paper');
    const title = mine ? `Your list · ${papers}` : `Saved by your team · ${papers}`;
    return pageOf(
      title,
      list.papers.map((each) => ({ paper: each.paper, meta: savedLine(each) })),
      list,
    );

    async function pageOf(
      title: string,
      listed: readonly Listed[],
      { total, totalIsFloor = false }: { total: number; totalIsFloor?: boolean },
    ): Promise<Card> {
      const pages = { page, limit, total, totalIsFloor };
      if (listed.length === 0) return beyondLastPage(pages, lineOf);
      const entries = await listEntries(services, listed, offset + 1, mine ? ['unsave'] : []);
      return listCard({ title, ...entries, pages, lineOf });
    }
  },
});

/** @throws UserError in a direct message, which has no team */
function refuseAlone({ isAlone }: Caller): void {
  if (!isAlone) return;
  throw new UserError(
    'Direct messages have no team list. Use /papers saved scope:team in a server channel, or see your own list with /papers saved',
  );
}

function savedLine({ paper, savedAt, saves }: SavedPaper) {
  return shortLine(paper, [
    `saved ${publishedInWords(savedAt) ?? ''}`,
    saves > 1 ? `by ${saves} people in the team` : undefined,
  ]);
}

function nothingSaved(mine: boolean): Card {
  const text: RichText = [
    mine
      ? 'Your list is empty. Save a paper with '
      : 'Nobody in your team has saved a paper yet. Start with ',
    { kind: 'code', text: '/papers save' },
    ' and an ID, a link or a title.',
  ];
  return { tone: 'plain', blocks: [{ kind: 'text', text }] };
}
