/** The visible text of blocks and of mrkdwn. */
import { expect, it } from 'vitest';
import { summary } from '../../visible-text.ts';
import { readMrkdwn } from '../people/mrkdwn.ts';
import { buttonsOf, readShown, shownText } from '../people/shown.ts';
import type { Block } from '../wire.ts';

it('the fake Slack shows blocks from top to bottom, and the text only if there are none', () => {
  const blocks: Block[] = [
    { type: 'header', text: { type: 'plain_text', text: 'Trending' } },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'link', url: 'https://arxiv.org/abs/1', text: 'A *title*' },
            { type: 'text', text: ' <!channel>', style: { bold: true } },
          ],
        },
      ],
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: '_2026_ &amp; more' }] },
    {
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text: 'Save' }, action_id: 'save' }],
    },
  ];
  const message = { text: 'for screen readers', blocks };
  expect(shownText(message)).toBe('Trending\nA *title* <!channel>\n2026 & more');
  expect(readShown(message)).toMatchObject({
    links: ['https://arxiv.org/abs/1'],
    mentions: [],
    marks: ['bold  <!channel>', 'italic 2026'],
  });
  expect(buttonsOf(message)).toEqual([{ label: 'Save', actionId: 'save', value: undefined, url: undefined }]);
  expect(shownText({ text: 'for screen readers', blocks: [] })).toBe('for screen readers');
});

const READINGS: Readonly<Record<string, readonly [text: string, found: readonly string[]]>> = {
  '*bold* and _italic_ and ~struck~': [
    'bold and italic and struck',
    ['bold bold', 'italic italic', 'strike struck'],
  ],
  'a*b*c 2 * 3 * 4': ['a*b*c 2 * 3 * 4', []],
  '`*code*`': ['*code*', ['code *code*']],
  '&gt; quoted': ['quoted', ['quote quoted']],
  'a &gt; b': ['a > b', []],
  '&lt;!channel&gt;': ['<!channel>', []],
  '<!channel>': ['<!channel>', ['<!channel>']],
  '`<@U1>`': ['<@U1>', ['<@U1>', 'code <@U1>']],
  '<https://evil.example|arxiv.org>': ['arxiv.org', ['https://evil.example']],
  'see evil.example/x.': ['see evil.example/x.', ['evil.example/x.']],
  '(https://evil.example)': ['(https://evil.example)', ['https://evil.example']],
  '@here :tada:': ['@here :tada:', ['@here', ':tada:']],
};

it.each(Object.entries(READINGS))('the fake Slack shows %s as a person sees it', (source, [text, found]) => {
  const read = summary(readMrkdwn(source));
  expect([read.text.trim(), [...read.links, ...read.mentions, ...read.marks]]).toEqual([text, found]);
});

it('the fake Slack leaves bare URLs and names unformatted if told to', () => {
  const { links, mentions } = summary(readMrkdwn('https://evil.example @here', { verbatim: true }));
  expect([links, mentions]).toEqual([[], []]);
});
