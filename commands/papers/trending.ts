/** `/papers trending`: lists the trending papers of a day, a week or a month. */

import { counted } from '../../src/cards/counts.ts';
import { periodInWords, periodLabel, weekdayInWords } from '../../src/cards/dates.ts';
import { joined, rankReasonWords, votesWithGrowth } from '../../src/cards/paper-lines.ts';
import { listCard, offsetOf, pageButton, positionOf } from '../../src/cards/paper-list.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import { type Day, dayOf } from '../../src/time/clock.ts';
import { PERIODS, type TrendingEntry, type TrendingList } from '../../src/trending/trending.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { staleList } from '../views/freshness.ts';
import { EXACTLY, quoteInput } from '../views/quote.ts';
import { LIMIT, PAGE } from './input/options.ts';
import { teamOf } from './input/saved-by.ts';

const PERIOD_SAID = {
  day: ['(?:of |for )?the day$', '^(?:today|now|right now|currently)$'],
  week: [
    'weekly$',
    '^(?:of |for |in )?(?:the |this |a )?(?:past |last )?(?:week|7 days)(?: of)?',
    '(?:of|for|in|over|during) (?:the |this |a )?(?:past |last )?(?:week|7 days|seven days)$',
    '(?:past|last|this) (?:week|7 days|seven days)$',
    'week$',
  ],
  month: [
    'monthly$',
    '^(?:of |for |in )?(?:the |this |a )?(?:past |last )?(?:month|30 days)(?: of)?',
    '(?:of|for|in|over|during) (?:the |this |a )?(?:past |last )?(?:month|30 days)$',
    '(?:past|last|this) (?:month|30 days)$',
    'month$',
  ],
} as const;

export const trending: Command<Services> = defineCommand({
  root: 'papers',
  name: 'trending',
  description: 'List trending papers: the latest, or those of any day, week or month.',
  visibility: 'public',
  options: {
    period: {
      type: 'choice',
      description: 'Length of the period',
      choices: PERIODS,
      default: 'day',
      alsoCalled: ['range', 'span', 'time'],
      synonyms: { day: ['daily', 'today'], week: ['weekly'], month: ['monthly'] },
      saidAs: PERIOD_SAID,
      standsAlone: true,
    },
    date: {
      type: 'day',
      description: 'A day, week or month, such as 2026-W09',
      edge: 'start',
      length: 'period',
      alsoCalled: ['day', 'on', 'when'],
    },
    topic: {
      type: 'string',
      description: 'Only papers about these words, or in this arXiv category',
      maxLength: 100,
      complete: 'category',
      reads: 'topic',
      alsoCalled: ['about', 'category', 'cat'],
    },
    // A number alone is no topic.
    limit: { ...LIMIT, said: ['^{}$', ...LIMIT.said] },
    page: PAGE,
  },
  alsoCalled: ["what's trending", "what's hot", 'what is trending', "what's popular"],
  alsoMeantBy: {
    'trending papers': '',
    'hot papers': '',
    'top papers': '',
    'new papers': '',
    'latest papers': '',
    'popular papers': '',
    'most popular papers': '',
    'of the week': 'week',
    'of the month': 'month',
    'of the day': '',
    'papers of the week': 'week',
    'papers of the month': 'month',
    'papers of the day': '',
    'paper of the day': '',
    "today's papers": '',
    "this week's papers": 'week',
    "this month's papers": 'month',
    "yesterday's papers": 'yesterday',
    "last week's papers": 'last week',
    best: '',
    top: '',
    new: '',
    newest: '',
    latest: '',
    today: '',
    now: '',
    daily: '',
    list: '',
    week: 'week',
    weekly: 'week',
    month: 'month',
    monthly: 'month',
    yesterday: 'yesterday',
    'this week': 'this week',
    'last week': 'last week',
    'this month': 'this month',
    'last month': 'last month',
    hot: '',
    popular: '',
    trend: '',
    trends: '',
    "what's new": '',
  },
  rest: 'topic',
  examples: ['/papers trending', '/papers trending robotics period:week'],
  async run({ args, services, caller, now, asTyped }) {
    const { period, date, topic, limit, page } = args;
    const offset = offsetOf(args);
    const list = await services.trending.list({
      period,
      of: teamOf(caller),
      limit,
      offset,
      ...(date !== undefined && { date }),
      ...(topic !== undefined && { topic }),
    });
    // Buttons contain the date, so that they still show the same list tomorrow.
    const lineOf = (to: number, day = list.from) => pageLine(trending, args, { date: day, page: to });
    const neighbours = neighbourActions(list, (day) => lineOf(1, day));
    const pages = { page, limit, total: list.total };
    if (list.total === 0) return emptyList(list, topic, [...neighbours, ...exactActions(asTyped)]);
    if (list.entries.length === 0) return beyondLastPage(pages, lineOf);

    const listed = list.entries.map((entry) => ({ paper: entry.paper, meta: figures(entry, dayOf(now)) }));
    const { entries, note } = await listEntries(services, listed, offset + 1);
    const about = topic === undefined ? '' : ` about ${quoteInput(topic)}`;
    const title = `Trending papers${about} · ${periodInWords(period, list.from)}`;
    const card = listCard({ title, entries, pages, lineOf });
    const position = positionOf(pages);
    // A caller who gave a date knows how old the list is.
    const stale = date === undefined ? staleList(await services.sources.list(), now) : undefined;
    const many = counted(list.total, 'paper');
    return {
      ...card,
      footer: [joined([position, topic === undefined ? `${many} on the list` : many, note, stale])],
      // The pages of this list come first: `next` in a terminal runs the first button.
      actions: [...(card.actions ?? []), ...neighbours, ...exactActions(asTyped)],
    };
  },
});

/** `‹ Thu 28 May`, `Mon 1 Jun ›`. */
function neighbourActions({ period, previous, next }: TrendingList, lineOf: (day: Day) => string): Action[] {
  return [
    ...(previous === undefined ? [] : [pageButton(`‹ ${periodLabel(period, previous)}`, lineOf(previous))]),
    ...(next === undefined ? [] : [pageButton(`${periodLabel(period, next)} ›`, lineOf(next))]),
  ];
}

/** Takes back what was read from the words. Text that is set by its name is not read. */
function exactActions(asTyped: string | undefined): Action[] {
  if (asTyped === undefined) return [];
  const line = formatLine({ root: 'papers', name: 'trending', args: { topic: asTyped } });
  return [pageButton(EXACTLY, line)];
}

/** `▲ 128 (+41) · 2 saves · rising`. */
function figures(entry: TrendingEntry, today: Day) {
  const { paper, growth, saves } = entry;
  const line = joined([
    votesWithGrowth(paper.votes, growth),
    saves > 0 ? counted(saves, 'save') : undefined,
    rankReasonWords(entry, today),
  ]);
  return line === '' ? [] : [[line]];
}

function emptyList(list: TrendingList, topic: string | undefined, neighbours: readonly Action[]): Card {
  const { period, from, previous, next } = list;
  const when = periodInWords(period, from);
  if (topic !== undefined) {
    const allTopics = pageButton('All topics', pageLine(trending, { period, date: from }));
    return problem(
      [`No paper about ${quoteInput(topic)} on the list for ${when}. Try another topic or a longer period.`],
      [...neighbours, ...longerTimes(list, topic), allTopics],
    );
  }
  const nearest = previous ?? next;
  if (nearest === undefined) {
    return problem([
      'No trending list is loaded yet. Lists come from Hugging Face; until one does, use /papers search',
    ]);
  }
  const line = formatLine({ root: 'papers', name: 'trending', args: { date: nearest } });
  return problem(
    [
      `There is no list for ${when}. The nearest one is for ${weekdayInWords(nearest)}: `,
      { kind: 'code', text: line },
    ],
    neighbours,
  );
}

function longerTimes({ period, from }: TrendingList, topic: string): Action[] {
  return PERIODS.slice(PERIODS.indexOf(period) + 1).map((longer) =>
    pageButton(`Whole ${longer}`, pageLine(trending, { period: longer, date: from, topic })),
  );
}
