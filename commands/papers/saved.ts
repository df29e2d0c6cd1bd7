/** `/papers saved`: lists or searches the papers that the caller or the team saved. */

import { counted } from '../../src/cards/counts.ts';
import { listCard, offsetOf, pageButton } from '../../src/cards/paper-list.ts';
import type { Card, RichText } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import { SAVED_SORTS, type SavedPaper, type SavedSort } from '../../src/library/library.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, type Correction, noMatch } from '../views/empty-results.ts';
import { type Listed, listEntries } from '../views/entries.ts';
import { noteInList, savedMeta, savedWords } from '../views/saved-words.ts';
import { SAVED_SAID_BY } from './input/list-said.ts';
import { LIMIT, PAGE } from './input/options.ts';
import {
  onListOf,
  onListOfTeam,
  personOf,
  refuseAlone,
  SAVED_FILTERS,
  SCOPE,
  savedFilter,
} from './input/saved-by.ts';

export const saved: Command<Services> = defineCommand({
  root: 'papers',
  name: 'saved',
  description: 'List the papers that you or your team saved, or search them.',
  visibility: 'private',
  options: {
    scope: SCOPE,
    query: {
      type: 'string',
      description: 'Words to search for in saved papers and in your notes',
      maxLength: 300,
      reads: 'topic',
      operators: true,
    },
    ...SAVED_FILTERS,
    sort: {
      type: 'choice',
      description: 'Order; with words, the best match comes first',
      choices: SAVED_SORTS,
      alsoCalled: ['order', 'order_by', 'sort_by'],
      synonyms: {
        newest: ['new', 'latest', 'recent', 'saved'],
        oldest: ['old', 'first'],
        title: ['name', 'alphabetical', 'abc', 'az'],
        votes: ['popular', 'upvotes', 'likes'],
      },
      saidAs: {
        newest: [
          '(?:the )?(?:newest|latest|last saved|most recent)(?: saved)?(?: ones?| papers?)? first',
          '(?:newest|latest)$',
        ],
        oldest: ['(?:the )?(?:oldest|first saved)(?: saved)?(?: ones?| papers?)? first', 'oldest$'],
        title: [
          '(?:sorted |sort |ordered |order )?by (?:title|name)$',
          '(?:in )?alphabetical(?:ly| order)$',
          'a ?(?:-|to) ?z$',
        ],
        votes: [
          '(?:sorted |sort |ordered |order )?by (?:(?:up)?votes|popularity|likes)(?: first)?$',
          '(?:the )?most (?:votes|popular|upvoted|liked)(?: ones?| papers?)?(?: first)?$',
        ],
        unread: ['(?:the )?unread(?: ones?| papers?)? first'],
      },
      standsAlone: true,
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
    'what i saved',
    'papers i saved',
    'the papers i saved',
    'papers that i saved',
    'papers i have saved',
    'saved papers',
    'my notes on',
    'my notes about',
  ],
  saidBy: SAVED_SAID_BY,
  calledWith: {
    'my unread papers': 'state:unread',
    'my unread': 'state:unread',
    'show my unread papers': 'state:unread',
    'show me my unread papers': 'state:unread',
    'unread papers': 'state:unread',
    'what have i not read': 'state:unread',
    "what haven't i read": 'state:unread',
    'papers i am reading': 'state:reading',
    "papers i'm reading": 'state:reading',
    'what am i reading': 'state:reading',
    'papers i have read': 'state:read',
    'papers i read': 'state:read',
    'what have i read': 'state:read',
    'what did i read': 'state:read',
    'my notes': 'notes:yes',
    'show my notes': 'notes:yes',
    'papers with notes': 'notes:yes',
    'what did i tag': 'tagged',
    'papers i tagged': 'tagged',
    'my papers tagged': 'tagged',
    'papers tagged': 'tagged',
    'what did we save': 'scope:team',
    'what did the team save': 'scope:team',
    'what has the team saved': 'scope:team',
    'papers we saved': 'scope:team',
    'papers the team saved': 'scope:team',
    'our saved papers': 'scope:team',
  },
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
  examples: ['/papers saved', '/papers saved reward models scope:team', '/papers saved tag:rl state:unread'],
  async run({ args, services, caller, now }) {
    const { scope, query = '', sort, page } = args;
    const limit = LIMIT.default;
    const offset = offsetOf({ page, limit });
    const filter = savedFilter(args);
    const mine = scope === 'mine';
    if (!mine) refuseAlone(caller);
    const lineOf = (to: number) => pageLine(saved, args, { page: to });
    const { library } = services;

    if (query !== '' && sort === undefined) {
      const found = await services.search.search({
        text: query,
        filter: {
          ...(mine ? onListOf(caller) : onListOfTeam(caller)),
          saved: { ...filter, of: personOf(caller) },
        },
        sort: 'relevance',
        limit,
        offset,
      });
      if (found.hits.length === 0 && found.total === 0) return nothingMatches(found.correction);
      const ids = found.hits.map(({ paper }) => paper.id);
      const details = new Map(
        (await library.onList(caller, scope, ids)).map((each) => [each.paper.id, each]),
      );
      const listed = found.hits.map(({ paper, snippet }): Listed => {
        const each = details.get(paper.id);
        return { paper, ...(snippet !== undefined && { snippet }), ...(each && detailsOf(each)) };
      });
      return pageOf(counted(found.total, 'saved paper', found.totalIsFloor), listed, found);
    }

    const text = query === '' ? {} : { text: query };
    const list = await library.list(caller, {
      scope,
      filter,
      ...text,
      sort: sort ?? 'newest',
      limit,
      offset,
    });
    const isWhole = query === '' && Object.keys(filter).length === 0;
    if (list.total === 0) return isWhole ? nothingSaved(mine) : nothingMatches(undefined);
    const listed = list.papers.map((each) => ({ paper: each.paper, ...detailsOf(each) }));
    if (!isWhole) return pageOf(counted(list.total, 'saved paper'), listed, list);
    const papers = `${counted(list.total, 'paper')}${orderInWords(sort)}`;
    return pageOf(mine ? `Your list · ${papers}` : `Saved by your team · ${papers}`, listed, list, '');

    async function pageOf(
      count: string,
      listed: readonly Listed[],
      { total, totalIsFloor = false }: { total: number; totalIsFloor?: boolean },
      words = `${mine ? '' : ' of your team'}${savedWords(query, filter)}${orderInWords(sort)}`,
    ): Promise<Card> {
      const pages = { page, limit, total, totalIsFloor };
      if (listed.length === 0) return beyondLastPage(pages, lineOf);
      const marked = await withChanges(services, listed, now);
      const entries = await listEntries(services, marked, offset + 1, mine ? ['unsave'] : []);
      return listCard({ title: `${count}${words}`, ...entries, pages, lineOf });
    }

    function nothingMatches(correction: Correction | undefined): Card {
      const words =
        query === '' ? ` is${savedWords('', filter)}` : ` matches${savedWords(query, filter, '')}`;
      return noMatch(
        `No paper on ${mine ? 'your list' : 'the team’s list'}${words}.`,
        correction,
        query === '' ? 'Try a wider filter.' : 'Try fewer or other words.',
        (better) => pageLine(saved, args, { query: better, page: 1 }),
        [pageButton('Whole list', pageLine(saved, { scope }))],
      );
    }
  },
});

/** Days for which a change of a paper is shown. */
const SHOWN_DAYS = 30;

/** Adds the latest change of each paper, such as a new version or a withdrawal. */
async function withChanges(
  { changes }: Services,
  listed: readonly Listed[],
  now: Date,
): Promise<readonly Listed[]> {
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000).toISOString();
  const latest = await changes.latestOf(
    listed.map(({ paper }) => paper.id),
    since,
  );
  const sentences = new Map(latest.map(({ paper, sentence }) => [paper, sentence]));
  return listed.map((each) => {
    const change = sentences.get(each.paper.id);
    return change === undefined ? each : { ...each, meta: [...(each.meta ?? []), [`Changed: ${change}`]] };
  });
}

function detailsOf(each: SavedPaper): Pick<Listed, 'meta' | 'note'> {
  const note = noteInList(each.note);
  return { meta: savedMeta(each), ...(note !== undefined && { note }) };
}

const ORDER_WORDS: Readonly<Record<SavedSort, string>> = {
  newest: ', newest first',
  oldest: ', oldest first',
  title: ', by title',
  votes: ', most votes first',
  unread: ', unread first',
};

function orderInWords(sort: SavedSort | undefined): string {
  return sort === undefined ? '' : ORDER_WORDS[sort];
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
