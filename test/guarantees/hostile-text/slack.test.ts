/** Cards with hostile texts, read back by Slack's rules, contain exactly those texts. */
import { describe, expect, it } from 'vitest';
import type { Card, Entry, RichText } from '../../../src/chat/card.ts';
import { visible } from '../../../src/chat/invisible.ts';
import { publicly, renderCard } from '../../../src/platforms/slack/rendering/render.ts';
import { breaches, nodesIn } from '../../platforms/slack/within-limits.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

/** Cards per seed, each with a title and an abstract. */
const CARDS = 500;
/** 10,000 texts. */
const SEEDS = process.env['TEST_FAULTS'] === undefined ? [1, 2] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const FIRST = 'https://arxiv.org/abs/2406.01574';
const SECOND = 'https://x.org/a_(b)*[c]';

function entry(title: string, abstract: string, url: string, number?: number): Entry {
  return {
    kind: 'entry',
    paper: '2406.01574',
    ...(number !== undefined && { number }),
    title,
    url,
    meta: [[title], [abstract, { kind: 'bold', text: title }]],
    body: [[abstract, ' ', { kind: 'dim', text: '(extracted)' }]],
    actions: [
      { kind: 'run', label: title, line: title, effect: 'answer' },
      { kind: 'link', label: abstract, url },
    ],
    opens: title,
  };
}

const KINDS = ['bold', 'italic', 'code', 'dim'] as const;

function cardOf(title: string, abstract: string, number?: number): Card {
  const words: RichText = [
    ...KINDS.flatMap((kind): RichText => [{ kind, text: title }, ' and ', abstract]),
    { kind: 'link', text: title, url: 'javascript:alert(1)' },
    { kind: 'link', text: abstract, url: SECOND },
    { kind: 'channel', channel: title, text: abstract },
  ];
  return {
    tone: 'problem',
    title: abstract,
    blocks: [
      entry(title, abstract, FIRST, number),
      { kind: 'text', text: words },
      { kind: 'fields', fields: [{ name: title, value: words }] },
      { kind: 'image', url: SECOND, alt: title },
    ],
    footer: [title, { kind: 'code', text: abstract }],
    actions: [{ kind: 'run', label: abstract, line: abstract, effect: 'replace' }],
  };
}

/** Types of nodes that notify people or link somewhere. */
const FORBIDDEN = new Set([
  'user',
  'usergroup',
  'broadcast',
  'team',
  'channel',
  'emoji',
  'mrkdwn',
  'date',
  'markdown',
]);

describe('a hostile text in Slack', () => {
  it.each(SEEDS)(`is shown literally in ${CARDS} titles and as many abstracts, seed %i`, (seed) => {
    const texts = hostileTexts(2 * CARDS, seed);
    let shownWhole = 0;
    for (const title of texts) {
      const abstract = texts.next().value ?? '';
      const { problems, isWhole } = look(title, abstract);
      if (problems.length > 0) expect(problems, JSON.stringify({ title, abstract })).toEqual([]);
      shownWhole += isWhole ? 1 : 0;
    }
    // All except those that are invisible, or too long for a title.
    expect(shownWhole).toBeGreaterThan(0.9 * CARDS);
  });

  it('cannot pose as the person who asked', () => {
    const rendered = renderCard({ tone: 'plain', blocks: [] });
    for (const person of hostileTexts(1_000, 2))
      expect(publicly(rendered, { person, name: 'ada' })).toEqual(rendered);
  });
});

/** Errors in the card of these texts, and whether it contains the whole title. */
function look(title: string, abstract: string): { problems: string[]; isWhole: boolean } {
  const rendered = renderCard(cardOf(title, abstract, title.length % 2 === 0 ? 1 : undefined));
  const nodes = nodesIn(rendered.blocks);
  const links = nodes.flatMap(({ url }) => (typeof url === 'string' ? [url] : []));
  const seen = nodes.find(({ type, url }) => type === 'link' && url === FIRST)?.['text'] ?? '';
  const name = visible(title).trim();
  const isWhole = seen === name && name !== '';
  const isClipped = typeof seen === 'string' && seen.endsWith('…') && name.startsWith(seen.slice(0, -1));
  return {
    isWhole,
    problems: [
      ...breaches(rendered),
      ...nodes.flatMap(({ type = '' }) => (FORBIDDEN.has(type) ? [`a ${type}`] : [])),
      ...links.filter((url) => url !== FIRST && url !== SECOND),
      ...(seen === name || isClipped ? [] : [`a title of ${JSON.stringify(seen)}`]),
    ],
  };
}
