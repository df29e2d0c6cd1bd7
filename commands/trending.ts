/** `/papers trending`: the list of a day, a week or a month. */
import type { Action, Card } from '../src/chat/card.ts';
import type { Command } from '../src/command/define.ts';
import { PERIODS, type TrendingEntry, type TrendingList } from '../src/trending/trending.ts';
import { lineAgain } from './again.ts';
import { listEntries } from './entries.ts';
import { LIMIT, PAGE } from './paging.ts';
import { defineCommand, type Services } from './services.ts';
import { counted } from './views/counts.ts';
import { periodInWords, periodLabel, weekdayInWords } from './views/dates.ts';
import { beyondLastPage, echo, problem } from './views/nothing.ts';
import { joined, votesWithGrowth } from './views/paper-lines.ts';
import { listCard, offsetOf, positionOf, turn } from './views/paper-list.ts';

export const trending: Command<Services> = defineCommand({
  root: 'papers',
  name: 'trending',
  description: 'List the papers that trend: the latest day, or any day, week or month.',
  visibility: 'public',
  options: {
    period: { type: 'choice', description: 'How long a time', choices: PERIODS, default: 'day' },
    date: { type: 'day', description: 'A day of that time; the latest list when left out', edge: 'start' },
    topic: {
      type: 'string',
      description: 'Only papers about these words, or of this arXiv category',
      maxLength: 100,
      complete: 'category',
    },
    limit: LIMIT,
    page: PAGE,
  },
  rest: 'topic',
  examples: ['/papers trending', '/papers trending robotics period:week'],
  async run({ args, services, caller }) {
    const { period, date, topic, limit, page } = args;
    const offset = offsetOf(args);
    const list = await services.trending.list({
      period,
      team: caller.team,
      limit,
      offset,
      ...(date !== undefined && { date }),
      ...(topic !== undefined && { topic }),
    });
    // With its date, a button shows the same list tomorrow.
    const lineOf = (to: number, day = list.from) => lineAgain(trending, args, { date: day, page: to });
    const neighbours = {
      previous: list.previous
        ? [turn(`‹ ${periodLabel(period, list.previous)}`, lineOf(1, list.previous))]
        : [],
      next: list.next ? [turn(`${periodLabel(period, list.next)} ›`, lineOf(1, list.next))] : [],
    };
    const pages = { page, limit, total: list.total };
    if (list.total === 0) return emptyList(list, topic, [...neighbours.previous, ...neighbours.next]);
    if (list.entries.length === 0) return beyondLastPage(pages, lineOf);

    const listed = list.entries.map((entry) => ({ paper: entry.paper, meta: figures(entry) }));
    const { entries, note } = await listEntries(services, listed, offset + 1);
    const about = topic === undefined ? '' : ` about ${echo(topic)}`;
    const { actions: turns = [], ...card } = listCard({
      title: `Trending papers${about} · ${periodInWords(period, list.from)}`,
      entries,
      pages,
      lineOf,
    });
    const position = positionOf(pages);
    const many = position === undefined ? counted(list.total, 'paper') : `${position} papers`;
    return {
      ...card,
      footer: [joined([topic === undefined ? `${many} on the list` : many, note])],
      actions: [...neighbours.previous, ...turns, ...neighbours.next],
    };
  },
});

/** `▲ 128 (+41) · 2 saves`. */
function figures({ paper, growth, saves }: TrendingEntry) {
  const line = joined([votesWithGrowth(paper.votes, growth), saves > 0 ? counted(saves, 'save') : undefined]);
  return line === '' ? [] : [[line]];
}

function emptyList(
  { period, from, previous, next }: TrendingList,
  topic: string | undefined,
  actions: readonly Action[],
): Card {
  const when = periodInWords(period, from);
  if (previous === undefined && next === undefined && topic === undefined) {
    return problem([
      'No trending list is loaded yet. They come from Hugging Face; searching works without them.',
    ]);
  }
  const nearest = previous ?? next;
  const other =
    nearest === undefined
      ? []
      : [
          ` The nearest is of ${weekdayInWords(nearest)}: `,
          { kind: 'code' as const, text: `/papers trending date:${nearest}` },
        ];
  if (topic === undefined) return problem([`There is no list for ${when}.`, ...other], actions);
  const wider = turn('All topics', lineAgain(trending, { period, date: from }));
  return problem(
    [`Nothing about ${echo(topic)} on the list of ${when}. Try another topic or a longer period.`],
    [...actions, wider],
  );
}
