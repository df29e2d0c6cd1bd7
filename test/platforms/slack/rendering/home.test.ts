import { describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/chat/card.ts';
import { sentence } from '../../../../src/chat/card.ts';
import { HOME_SEARCH, toHome } from '../../../../src/platforms/slack/rendering/home.ts';
import { VIEW_BLOCKS } from '../../../../src/platforms/slack/rendering/limits.ts';
import { openHarness } from '../../../commands/harness.ts';
import { checkView } from '../../../fakes/slack/schema/block-schema.ts';
import { hostileTexts } from '../../../support/hostile-texts.ts';
import { listedPapers } from '../../../support/papers.ts';
import { blockBreaches } from '../within-limits.ts';

const NOTHING = sentence('Nothing yet.');

function breachesOf({ view, lines }: ReturnType<typeof toHome>): string[] {
  const blocks = view.blocks as Parameters<typeof blockBreaches>[0]['blocks'];
  return [
    ...blockBreaches({ blocks, lines }, VIEW_BLOCKS),
    ...(checkView(view) === undefined ? [] : ['no view']),
  ];
}

describe('the card of the App Home', () => {
  it('has a search, saved papers, feeds, trending papers and first steps', async () => {
    const { say } = await openHarness(listedPapers('2026-05-28', 7));
    await say('/papers save 2605.10001');
    const home = toHome({
      saved: (await say('/papers saved')).card,
      query: 'robots',
      follows: NOTHING,
      trending: (await say('/papers trending limit:3')).card,
      begin: [['Type ', { kind: 'code', text: '/papers help' }], ['React 🔖']],
    });
    expect(breachesOf(home)).toEqual([]);
    const [search] = home.view.blocks;
    expect(search).toMatchObject({
      dispatch_action: true,
      element: { action_id: HOME_SEARCH, initial_value: 'robots' },
    });
    const text = JSON.stringify(home.view);
    for (const words of ['Your list', 'Nothing yet.', 'Trending papers', 'First steps', '/papers help']) {
      expect(text).toContain(words);
    }
    // The buttons of three cards in one view are distinguished.
    expect(text).toContain('run.answer.0');
    expect(text).toContain('run.replace.201');
  });

  it('stays within Slack’s limits for any content', () => {
    const texts = [...hostileTexts(60, 11)];
    const huge: Card = {
      tone: 'plain',
      title: texts[0] ?? '',
      blocks: Array.from({ length: 500 }, (_, at) => ({
        kind: 'entry',
        paper: '1',
        number: at,
        title: texts[at % 60] ?? '',
        url: 'https://x.org',
        meta: [],
        body: [[texts[(at + 7) % 60] ?? '']],
        actions: [{ kind: 'run', label: 'Save', line: `/x ${at}`, effect: 'answer' }],
      })),
    };
    const query = texts.join(' ');
    const begin = texts.map((text) => [text]);
    expect(breachesOf(toHome({ saved: huge, query, follows: huge, trending: huge, begin }))).toEqual([]);
    expect(
      breachesOf(toHome({ saved: NOTHING, query: '', follows: NOTHING, trending: NOTHING, begin: [] })),
    ).toEqual([]);
  });
});
