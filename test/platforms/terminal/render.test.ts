import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Block, Card, Entry } from '../../../src/chat/card.ts';
import { hintFor } from '../../../src/platforms/terminal/last-answer.ts';
import { renderCard } from '../../../src/platforms/terminal/render.ts';

const HOSTILE =
  '\u001B[2J\u001B]0;owned\u0007\u001B]8;;http://evil\u0007Attention\u202E\u0000\r\n\u009B31m Is\u200B All <!channel> @everyone You Need';

function entry(title: string, number?: number, body: string[] = ['A sentence about what it did.']): Entry {
  return {
    kind: 'entry',
    paper: '2406.01574',
    ...(number !== undefined && { number }),
    title,
    url: 'https://arxiv.org/abs/2406.01574',
    meta: [['2024 · cs.LG · ▲ 1,257 (+41)']],
    body: body.map((text) => [text]),
    actions: [{ kind: 'link', label: 'PDF', url: 'https://arxiv.org/pdf/2406.01574' }],
  };
}

function list(titles: readonly string[]): Card {
  return {
    tone: 'plain',
    title: '12 papers for “mixture of experts”, since January',
    blocks: titles.map((title, at) => entry(title, at + 1)),
    footer: ['Page 1/3 · sentences extracted'],
    actions: [{ kind: 'run', label: 'Next ›', line: '/papers search x page:2', effect: 'replace' }],
  };
}

const everyBlock: Block[] = [
  { kind: 'text', text: [HOSTILE, { kind: 'link', text: HOSTILE, url: `https://x.org/${HOSTILE}` }] },
  {
    kind: 'text',
    text: (['bold', 'italic', 'code', 'dim'] as const).map((kind) => ({ kind, text: HOSTILE })),
  },
  {
    kind: 'fields',
    fields: [
      { name: 'Papers', value: ['8,562'] },
      { name: HOSTILE, value: [HOSTILE] },
    ],
  },
  { kind: 'fields', fields: [] },
  { kind: 'divider' },
  { kind: 'image', url: 'javascript:alert(1)', alt: HOSTILE },
  entry(HOSTILE),
  entry('漢字仮名交じり文'.repeat(12), 1),
  entry('x'.repeat(300), 12, ['👩‍🔬'.repeat(100), 'مرحبا '.repeat(40), HOSTILE]),
  { ...entry('', 13, ['']), meta: [] },
];

const plain = { color: false, links: false };
/** The sequences that the renderer itself writes: colours, and links of printable ASCII. */
const ours = new RegExp(['\\[\\d{1,2}m', '\\]8;;[!-~]*\u0007'].map((form) => `\u001B${form}`).join('|'), 'g');

describe('renderCard', () => {
  const cards: Card[] = [
    list([
      'Mixtral of Experts',
      'A Survey on Mixture of Experts in Large Language Models and What Comes After Them',
    ]),
    ...(['plain', 'done', 'problem'] as const).map((tone) => ({
      tone,
      title: HOSTILE,
      url: 'https://x.org',
      blocks: everyBlock,
      footer: [HOSTILE],
    })),
    { tone: 'plain', blocks: [] },
  ];

  it.each([10, 20, 28, 40, 60, 80, 100, 200])('keeps every line within %i columns', (width) => {
    for (const card of cards) {
      for (const color of [true, false]) {
        for (const links of [true, false]) {
          const rendered = renderCard(card, {
            width,
            color,
            links,
            hint: 'save 3 · next',
            note: HOSTILE,
          });
          for (const line of rendered.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it('removes control characters from texts, and prints only its own colours and links', () => {
    for (const card of cards) {
      for (const links of [true, false]) {
        const rendered = renderCard(card, { width: 80, color: true, links });
        expect(rendered.replaceAll(ours, '').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E\u200B]/u);
        expect(rendered).not.toContain('\u001B]8;;http://evil');
        expect(rendered).not.toContain('javascript:');
      }
    }
  });

  it('prints no colours or links if the terminal does not support them', () => {
    for (const card of cards) expect(renderCard(card, { ...plain, width: 80 })).not.toContain('\u001B');
  });

  it('aligns the facts of a list at the right edge if there is room', () => {
    const lines = renderCard(list(['Mixtral of Experts', 'Another']), { ...plain, width: 80 }).split('\n');
    const facts = lines.filter((line) => line.endsWith('▲ 1,257 (+41)'));
    expect(facts).toHaveLength(2);
    expect(facts.map((line) => stringWidth(line))).toEqual([80, 80]);
    expect(facts[0]).toMatch(/^1 {2}Mixtral of Experts {2,}2024 · cs\.LG/);
  });

  it('puts the facts below the titles if there is no room', () => {
    expect(renderCard(list(['Mixtral of Experts']), { ...plain, width: 28 })).toBe(
      [
        '12 papers for “mixture of',
        'experts”, since January',
        '',
        '1  Mixtral of Experts',
        '   2024 · cs.LG ·',
        '   ▲ 1,257 (+41)',
        '   A sentence about what it',
        '   did.',
        '',
        'Page 1/3 ·',
        'sentences extracted',
        '',
      ].join('\n'),
    );
  });

  it('shows the address of a single paper once if links cannot be clicked, and otherwise never', () => {
    const card: Card = { tone: 'plain', blocks: [entry('Mixtral of Experts')] };
    expect(renderCard(card, { ...plain, width: 80 }).split('arxiv.org/abs')).toHaveLength(2);
    const clickable = renderCard(card, { width: 80, color: false, links: true });
    expect(clickable).toContain(
      '\u001B]8;;https://arxiv.org/abs/2406.01574\u0007Mixtral of Experts\u001B]8;;\u0007',
    );
    expect(clickable.replaceAll(ours, '')).not.toContain('arxiv.org');
  });

  it('assumes 80 columns for a terminal without a size', () => {
    const card = list(['Mixtral of Experts']);
    for (const width of [0, Number.NaN]) {
      expect(renderCard(card, { ...plain, width })).toBe(renderCard(card, { ...plain, width: 80 }));
    }
  });

  it('keeps lines short enough to read in a wide window', () => {
    const card: Card = { tone: 'plain', blocks: [{ kind: 'text', text: ['word '.repeat(100)] }] };
    const widths = renderCard(card, { ...plain, width: 200 })
      .split('\n')
      .map((line) => stringWidth(line));
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });
});

describe('hintFor', () => {
  it('suggests what to type after a list and after a paper, and nothing after a sentence', () => {
    expect(hintFor(list(['A', 'B', 'C', 'D']), ['summary', 'save'])).toBe(
      '3 opens it · summary 3 · save 3 · next',
    );
    expect(hintFor(list(['A']), ['save'])).toBe('1 opens it · save 1 · next');
    expect(hintFor({ tone: 'plain', blocks: [entry('A')] }, ['save'])).toBe('pdf');
    expect(hintFor({ tone: 'plain', blocks: [] }, ['save'])).toBeUndefined();
  });
});
