/** `/papers recommend`: papers for the caller or the team, from what they saved and said. */
import { compact } from '../../src/base/compact.ts';
import { tasteActions } from '../../src/cards/like-actions.ts';
import { listCard, offsetOf, pageButton } from '../../src/cards/paper-list.ts';
import { recommendReasonWords } from '../../src/cards/reason-words.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import { FEWEST_SIGNALS } from '../../src/recommend/recommend.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { quoteInput } from '../views/quote.ts';
import { filterWords } from '../views/search-words.ts';
import { offCard, tooFewCard } from '../views/taste-card.ts';
import { CATEGORY, LIMIT, PAGE, SINCE } from './input/options.ts';
import { personOf, refuseAlone, SCOPE, teamOf } from './input/saved-by.ts';
import { RECOMMEND_NAMES, RECOMMEND_NAMES_WITH, RECOMMEND_SAID } from './input/taste-said.ts';

/** Characters of a subject on a button. */
const LABEL = 40;

/** People who name a subject before anything is known of them still want papers about it. */
function searchInstead(topic: string): Action {
  const line = formatLine({ root: 'papers', name: 'search', args: { query: topic } });
  return { kind: 'run', label: `Search for ${quoteInput(topic, LABEL)}`, line, effect: 'answer' };
}

export const recommend: Command<Services> = defineCommand({
  root: 'papers',
  name: 'recommend',
  description: 'Get papers for you or your team; each says why.',
  visibility: 'private',
  options: {
    topic: {
      type: 'string',
      description: 'Only papers about these words',
      maxLength: 200,
      reads: 'topic',
      alsoCalled: ['about', 'query'],
    },
    scope: {
      ...SCOPE,
      description: 'From your own saves, or from what your team saved',
      alsoCalled: ['of'],
      saidAs: {
        mine: ['^(?:for )?(?:me|myself)$'],
        team: ['(?:for |of )?(?:the |my |our )?(?:team|lab|group|us|everyone|all of us)$'],
      },
    },
    since: SINCE,
    category: CATEGORY,
    limit: LIMIT,
    page: PAGE,
  },
  rest: 'topic',
  alsoCalled: RECOMMEND_NAMES,
  calledWith: RECOMMEND_NAMES_WITH,
  saidBy: RECOMMEND_SAID,
  alsoMeantBy: { recommendations: '', recommended: '', suggest: '', 'for me': '', suggestions: '' },
  examples: [
    '/papers recommend',
    '/papers recommend protein folding since:2026',
    '/papers recommend scope:team',
  ],
  async run({ args, services, caller, now }): Promise<Card> {
    const { topic = '', scope, since, category, limit, page } = args;
    const isTeam = scope === 'team';
    if (isTeam) refuseAlone(caller, '/papers recommend scope:team');
    const offset = offsetOf({ page, limit });
    const filter = compact({ since, category });
    const { state, signals, total, entries } = await services.recommender.recommend({
      audience: isTeam
        ? { kind: 'team', team: teamOf(caller) }
        : { kind: 'person', person: personOf(caller) },
      ...(topic !== '' && { text: topic }),
      filter,
      limit,
      offset,
      now: now.toISOString(),
    });
    if (state === 'off') return offCard();
    if (state === 'too-few') {
      const card = tooFewCard(signals, FEWEST_SIGNALS, isTeam);
      return topic === '' ? card : { ...card, actions: [searchInstead(topic)] };
    }
    const lineOf = (to: number) => pageLine(recommend, args, { page: to });
    const pages = { page, limit, total };
    const about = `${topic === '' ? '' : ` about ${quoteInput(topic)}`}${filterWords(filter)}`;
    if (total === 0) {
      const all = pageButton('Without a limit', pageLine(recommend, { scope }));
      return problem([`There is nothing to recommend${about}.`], about === '' ? [] : [all]);
    }
    if (entries.length === 0) return beyondLastPage(pages, lineOf);
    const listed = entries.map(({ paper, reason }) => ({
      paper,
      reason: recommendReasonWords(reason, isTeam),
    }));
    const { entries: cards, note } = await listEntries(services, listed, offset + 1);
    return listCard({
      title: `Recommended for ${isTeam ? 'your team' : 'you'}${about}`,
      entries: isTeam ? cards : cards.map((each) => ({ ...each, actions: tasteActions(each.paper) })),
      pages,
      lineOf,
      ...(note !== '' && { note }),
    });
  },
});
