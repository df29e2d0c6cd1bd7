/** `/papers leaderboard`: the papers that most people of the team saved. */
import { counted } from '../../src/cards/counts.ts';
import { shortLine } from '../../src/cards/paper-lines.ts';
import { listCard, offsetOf } from '../../src/cards/paper-list.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import type { PopularPaper } from '../../src/library/library.ts';
import { readable } from '../../src/text/readable.ts';
import { parseDay } from '../../src/time/days.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { LEADERBOARD_SAID_BY } from './input/library-said.ts';
import { LIMIT, PAGE } from './input/options.ts';
import { refuseAlone, teamOf } from './input/saved-by.ts';

const WHEN = { week: 'this week', month: 'this month', ever: 'ever' } as const;

export const leaderboard: Command<Services> = defineCommand({
  root: 'papers',
  name: 'leaderboard',
  description: 'Show the papers that most people in your team saved.',
  visibility: 'public',
  options: {
    period: {
      type: 'choice',
      description: 'When they were saved',
      choices: ['week', 'month', 'ever'],
      default: 'week',
      alsoCalled: ['since', 'time'],
      synonyms: {
        week: ['weekly', 'this week'],
        month: ['monthly', 'this month'],
        ever: ['all', 'always', 'total'],
      },
      saidAs: {
        week: ['(?:of |for |in )?(?:the |this )?week$'],
        month: ['(?:of |for |in )?(?:the |this )?month$'],
        ever: ['(?:of )?(?:all time|ever|all|in total)$'],
      },
      standsAlone: true,
    },
    words: {
      type: 'string',
      description: 'The period, in words',
      maxLength: 60,
      reads: 'topic',
      leftOut: [
        '(?:here|so far|by (?:us|the team|everyone|everybody)|in (?:the|our|my|this) (?:team|lab|group|channel|server|workspace))$',
        '^(?:papers|here)(?= )',
      ],
      input: 'none',
    },
    people: {
      type: 'choice',
      description: 'yes says why nobody is named',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
      inMenu: false,
    },
    page: PAGE,
  },
  rest: 'words',
  textIsOptions: true,
  saidBy: LEADERBOARD_SAID_BY,
  alsoCalled: ['paper of the week'],
  examples: ['/papers leaderboard', '/papers leaderboard period:month'],
  async run({ args, services, caller, now }): Promise<Card> {
    refuseAlone(caller, '/papers leaderboard');
    const { period, people, page } = args;
    const limit = LIMIT.default;
    const offset = offsetOf({ page, limit });
    const team = teamOf(caller);
    const { library } = services;
    const since = (span: 'week' | 'month') => parseDay(`this ${span}`, 'start', now);
    const from = period === 'ever' ? undefined : since(period);
    const { total, papers } = await library.mostSaved(team, from, limit, offset);
    if (total === 0) {
      return problem([
        `Nobody in your team has saved a paper${period === 'ever' ? ' yet' : ` ${WHEN[period]}`}. Save one with `,
        { kind: 'code', text: '/papers save' },
      ]);
    }
    const pages = { page, limit, total };
    const lineOf = (to: number) => pageLine(leaderboard, { period }, { page: to });
    if (papers.length === 0) return beyondLastPage(pages, lineOf);
    const { entries, note } = await listEntries(
      services,
      papers.map((each) => ({ paper: each.paper, meta: popularMeta(each) })),
      offset + 1,
      ['save'],
    );
    const list = listCard({
      title: `Most saved ${WHEN[period]} · ${counted(total, 'paper')}`,
      entries,
      note,
      pages,
      lineOf,
    });
    const card = people === 'no' ? list : { ...list, blocks: [NOBODY_NAMED, ...list.blocks] };
    if (page > 1) return card;
    const [best] = period === 'week' ? papers : (await library.mostSaved(team, since('week'), 1, 0)).papers;
    return best ? { ...card, blocks: [ofTheWeek(best), ...card.blocks] } : card;
  },
});

function popularMeta({ paper, people }: PopularPaper) {
  return shortLine(paper, [`saved by ${people === 1 ? '1 person' : `${people} people`}`]);
}

const NOBODY_NAMED: Block = {
  kind: 'text',
  text: ['Nobody sees what others saved, so nobody is named. These papers were saved by most people:'],
};

function ofTheWeek({ paper, people }: PopularPaper): Block {
  return {
    kind: 'text',
    text: [
      { kind: 'bold', text: 'Paper of the week' },
      `: ${readable(paper.title)} (${people === 1 ? '1 person' : `${people} people`})`,
    ],
  };
}
