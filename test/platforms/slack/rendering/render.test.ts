import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import type { Block, Card, Entry, RichText } from '../../../../src/chat/card.ts';
import {
  fallbackText,
  publicly,
  renderCard,
  requesterOf,
  toUnfurl,
} from '../../../../src/platforms/slack/rendering/render.ts';
import { openHarness } from '../../../commands/harness.ts';
import { leastCpuTime } from '../../../support/cpu-time.ts';
import { listedPapers, samplePaper } from '../../../support/papers.ts';
import { blockBreaches, breaches, nodesIn } from '../within-limits.ts';

function entry(overrides: Partial<Entry> = {}): Entry {
  return {
    kind: 'entry',
    paper: '2406.01574',
    title: 'Mixtral of Experts',
    url: 'https://arxiv.org/abs/2406.01574',
    meta: [['2024 · cs.LG']],
    body: [['A sentence about what it did.']],
    actions: [],
    ...overrides,
  };
}

function card(...blocks: Block[]): Card {
  return { tone: 'plain', blocks };
}

function rendered(made: Card) {
  const message = renderCard(made);
  expect(breaches(message)).toEqual([]);
  return message;
}

/** One block per line, as a person reads it. */
function read(made: Card): string[] {
  return rendered(made).blocks.map((block) => {
    const texts = nodesIn(block).flatMap(({ type, text, url, alt_text }) => {
      if (type === 'link') return [`[${text}](${url})`];
      return typeof text === 'string' ? [text] : typeof alt_text === 'string' ? [alt_text] : [];
    });
    return `${block.type}: ${texts.join(block.type === 'actions' ? ' | ' : '')}`;
  });
}

describe('the program’s cards in Slack', () => {
  async function openWithPapers() {
    return openHarness([samplePaper(), ...listedPapers('2026-05-28', 7)]);
  }

  it('show a single paper', async () => {
    const { say } = await openWithPapers();
    expect(read((await say('/papers show TokenRoute')).card)).toEqual([
      'rich_text: [Routing Tokens to Mixtures of Experts](https://arxiv.org/abs/2605.00001)',
      'context: Ada Lovelace, Alan Turing · Example Lab\n28 May 2026 · cs.LG, cs.CL · ▲ 128 · 💬 7 · ★ 412 code',
      'rich_text: Large models are expensive to run. However, existing routers leave most experts idle. We propose TokenRoute, a router that learns which experts a token needs. Experiments on twelve benchmarks show that it halves the cost at equal accuracy.',
      'actions: Summary | Similar | Save | More like this | Less like this',
      'actions: PDF | Code | Hugging Face',
    ]);
  });

  it('show a list', async () => {
    const { say } = await openWithPapers();
    const { blocks, text } = rendered((await say('/papers trending limit:2')).card);
    expect(blocks).toEqual([
      {
        type: 'header',
        text: { type: 'plain_text', text: 'Trending papers · Thursday 28 May 2026', emoji: false },
      },
      listed(1, 'Mixture of Experts for robots, Part 1', '2605.10001', 70, 'robots'),
      listed(2, 'Mixture of Experts for proteins, Part 2', '2605.10002', 60, 'proteins'),
      {
        type: 'context',
        elements: [
          { type: 'plain_text', text: 'Page 1/4 · 7 papers on the list · sentences extracted', emoji: false },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            placeholder: { type: 'plain_text', text: 'Open a paper…', emoji: false },
            action_id: 'run.answer.0',
            options: [
              option('1. Mixture of Experts for robots, Part 1', '2605.10001'),
              option('2. Mixture of Experts for proteins, Part 2', '2605.10002'),
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Next ›', emoji: false },
            action_id: 'run.replace.1',
            value: ':/papers trending limit:2 page:2 date:2026-05-28',
          },
        ],
      },
    ]);
    expect(text).toMatch(
      /^Trending papers · Thursday 28 May 2026\n1\. Mixture of Experts for robots, Part 1\n/,
    );
  });

  it('confirm a save', async () => {
    const { say } = await openWithPapers();
    expect(read((await say('/papers save 2605.00001')).card)).toEqual([
      'context: Saved to your list',
      'rich_text: [Routing Tokens to Mixtures of Experts](https://arxiv.org/abs/2605.00001)',
      'context: 2026 · cs.LG · ▲ 128',
      'rich_text: This is your first saved paper. Only you can see your list; /papers saved scope:team shows the papers that your team saved, without names.',
      'context: Your list: /papers saved',
      'actions: Similar | Unsave',
    ]);
  });

  it('show the help in short, and each topic with nothing left out', async () => {
    const { say } = await openWithPapers();
    const help = await say('/papers help');
    const [heading, first, ...others] = read(help.card);
    expect([heading, first?.split('\n')[0]]).toEqual([
      'header: Help',
      expect.stringMatching(
        /^rich_text: Find papers · \/papers search, recommend, taste, trending, similar, random/,
      ),
    ]);
    expect(others.slice(-2)).toEqual([
      'actions: Find papers | Read a paper | Save papers | Watch for new papers | Channel feeds',
      'actions: About',
    ]);
    const topics = await Promise.all(
      ['finding', 'reading', 'saving', 'watching', 'following', 'about'].map(
        async (topic) => (await say(`/papers help ${topic}`)).card,
      ),
    );
    const lines = topics.flatMap(read).join('\n');
    for (const { examples, description } of catalogue) {
      expect(lines).toMatch(
        new RegExp(
          `^(rich_text: )?${examples[0].replace(/\W/g, '.')}.*\n?${description.replace(/\W/g, '.')}$`,
          'm',
        ),
      );
    }
  });

  it('show a pasted link’s paper in one sentence', async () => {
    const { say } = await openWithPapers();
    const unfurled = toUnfurl((await say('/papers show TokenRoute')).card);
    expect(blockBreaches(unfurled ?? { blocks: [], lines: new Map() }, 50)).toEqual([]);
    expect(unfurled?.blocks.map(({ type }) => type)).toEqual([
      ...['rich_text', 'context', 'rich_text', 'actions', 'actions'],
    ]);
    expect(toUnfurl((await say('/papers trending')).card)).toBeUndefined();
    expect(toUnfurl((await say('/papers help')).card)).toBeUndefined();
  });

  function option(label: string, id: string) {
    return {
      text: { type: 'plain_text', text: label, emoji: false },
      value: `:/papers show paper:${id}`,
    };
  }

  function listed(number: number, title: string, id: string, votes: number, subject: string) {
    const text = `We introduce expert number ${number}, a mixture of experts that is trained for ${subject} alone.`;
    return {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: `${number}  `, style: { bold: true } },
            { type: 'link', text: title, url: `https://arxiv.org/abs/${id}` },
            { type: 'text', text: '  ·  ' },
            { type: 'text', text: `▲ ${votes}` },
            { type: 'text', text: '\n' },
            { type: 'text', text },
          ],
        },
      ],
    };
  }
});

describe('a card in Slack', () => {
  it('shows each kind of text, and a channel by its name', () => {
    const text: RichText = [
      { kind: 'bold', text: 'b' },
      { kind: 'italic', text: 'i' },
      { kind: 'code', text: 'c' },
      { kind: 'dim', text: 'd' },
      { kind: 'channel', channel: 'C0123ABC', text: 'another channel' },
      { kind: 'channel', channel: '<!here>', text: 'elsewhere' },
      { kind: 'link', text: 'x', url: 'javascript:alert(1)' },
    ];
    const [block] = rendered(card({ kind: 'text', text })).blocks;
    expect(block).toMatchObject({
      elements: [
        {
          elements: [
            { text: 'b', style: { bold: true } },
            { text: 'i', style: { italic: true } },
            { text: 'c', style: { code: true } },
            { text: 'd', style: { italic: true } },
            { type: 'channel', channel_id: 'C0123ABC' },
            { type: 'text', text: 'elsewhere' },
            { type: 'text', text: 'x' },
          ],
        },
      ],
    });
  });

  it('shows images with their text, and dividers', () => {
    const picture: Block = { kind: 'image', url: 'https://x.org/i.png', alt: 'A plot' };
    const rule: Block = { kind: 'divider' };
    expect(read(card(rule, picture, rule, rule, { kind: 'text', text: ['end'] }, rule))).toEqual([
      'image: A plot',
      'divider: ',
      'rich_text: end',
    ]);
    expect(read(card({ ...picture, url: 'file:///x' }, { ...picture, alt: '\u200B' }))).toEqual([
      'image: Image',
    ]);
  });

  it('shows a notice among the facts at normal size', () => {
    const meta: RichText[] = [['2024'], [{ kind: 'bold', text: 'Withdrawn' }], ['arXiv']];
    expect(read(card(entry({ meta, body: [] })))).toEqual([
      'rich_text: [Mixtral of Experts](https://arxiv.org/abs/2406.01574)',
      'context: 2024',
      'rich_text: Withdrawn',
      'context: arXiv',
    ]);
  });

  it('has a heading of at most 150 characters, and a longer title in bold', () => {
    const kinds = (title: string) =>
      rendered({ ...card({ kind: 'text', text: ['x'] }), title }).blocks[0]?.type;
    expect([kinds('x'.repeat(150)), kinds('x'.repeat(151))]).toEqual(['header', 'rich_text']);
  });

  it('shortens sentences before titles, then leaves out the last entries with their buttons', () => {
    const many = (count: number, body: string) =>
      Array.from({ length: count }, (_, at) =>
        entry({
          number: at + 1,
          body: [[body]],
          actions: [{ kind: 'run', label: 'Save', line: `/papers save ${at}`, effect: 'answer' }],
        }),
      );
    const long = read(card(...many(10, 'word '.repeat(500))));
    expect(long.filter((line) => line.includes('[Mixtral of Experts]'))).toHaveLength(10);
    expect(long[0]).toMatch(/word…$/);

    const lines = read(card(...many(10_000, 'word')));
    const shown = lines.filter((line) => line.includes('[Mixtral of Experts]')).length;
    expect(shown).toBeGreaterThan(30);
    expect(lines).toContain(`context: ${(10_000 - shown).toLocaleString('en-GB')} more did not fit`);
  });

  it('is never empty', () => {
    for (const empty of [
      card(),
      card({ kind: 'text', text: [' \u200B\n '] }),
      card(entry({ title: '\u202E', meta: [], body: [] })),
      { ...card(), title: ' ', footer: ['\uFEFF'] },
    ]) {
      expect(read(empty)).toEqual(['rich_text: Paperboy']);
      expect(fallbackText(empty)).not.toBe('');
    }
  });

  it('has a fallback text of at most 3,000 characters, including escapes', () => {
    expect(fallbackText(card({ kind: 'text', text: ['<!channel> & co'] }))).toBe('&lt;!channel&gt; &amp; co');
    for (const sign of ['&', '<', 'x', '👩‍👩‍👧‍👦', 'x&']) {
      const { length } = fallbackText(card({ kind: 'text', text: [sign.repeat(4_000)] }));
      expect(length).toBeGreaterThan(2_900);
      expect(length).toBeLessThanOrEqual(3_000);
    }
    expect(fallbackText(card({ kind: 'text', text: ['x'.repeat(3_000)] }))).toBe('x'.repeat(3_000));
  });

  it('names the person who asked, and later identifies the owner of the page', () => {
    const answer = rendered(card(entry()));
    const asked = publicly(answer, { person: 'U012AB3CD', name: '<@U012AB3CD> *Ada*' });
    expect(breaches(asked)).toEqual([]);
    expect(asked.blocks[0]).toMatchObject({
      elements: [{ type: 'plain_text', text: '<@U012AB3CD> *Ada* asked', emoji: false }],
    });
    expect(asked.blocks.slice(1)).toEqual(answer.blocks);
    expect(requesterOf(asked.blocks)).toBe('U012AB3CD');
    expect(requesterOf(answer.blocks)).toBeUndefined();
    const unnamed = publicly(answer, { person: 'U012AB3CD', name: undefined });
    expect(unnamed.blocks[0]).toMatchObject({ elements: [{ text: 'Someone asked' }] });
    expect(publicly(answer, { person: 'U1> <!here', name: 'ada' })).toEqual(answer);
  });

  it('with enormous content is rendered without delay', () => {
    const huge = '*<@1> 👩‍👩‍👧‍👦 '.repeat(70_000);
    const rich: RichText = [
      huge,
      { kind: 'bold', text: huge },
      { kind: 'link', text: huge, url: 'https://x.org' },
    ];
    const run = { kind: 'run', label: huge, line: huge, effect: 'answer' } as const;
    const entries = Array.from({ length: 10_000 }, (_, at) =>
      entry({
        ...(at > 0 && { number: at }),
        title: huge,
        meta: [rich, rich],
        body: [rich, rich],
        actions: Array.from({ length: 100 }, () => run),
      }),
    );
    const enormous = { ...card(...entries), title: huge, footer: rich, actions: entries[0]?.actions ?? [] };
    const took = leastCpuTime(4_000, () => renderCard(enormous));
    expect(took).toBeLessThan(4_000);
    const message = renderCard(enormous);
    expect(breaches(publicly(message, { person: 'U012AB3CD', name: 'x'.repeat(100) }))).toEqual([]);
    expect(nodesIn(message.blocks).filter(({ type }) => type === 'button')).toHaveLength(25);
  });
});
