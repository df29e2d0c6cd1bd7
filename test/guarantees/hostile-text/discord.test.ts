/** Cards with hostile texts, read back by Discord's rules, contain exactly those texts. */
import { describe, expect, it } from 'vitest';
import type { Card, Entry, RichText } from '../../../src/chat/card.ts';
import { visible } from '../../../src/chat/invisible.ts';
import { renderCard } from '../../../src/platforms/discord/rendering/render.ts';
import { type Place, readMarkdown } from '../../fakes/discord/people/markdown.ts';
import { type Summary, summary } from '../../fakes/visible-text.ts';
import { breaches } from '../../platforms/discord/within-limits.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

/** Number of titles, and of abstracts. */
const CASES = process.env['TEST_FAULTS'] === undefined ? 2_000 : 10_000;
const FIRST = 'https://arxiv.org/abs/2406.01574';
const SECOND = 'https://x.org/a_(b)*[c]';
const SECOND_SAFE = 'https://x.org/a_%28b%29*%5Bc%5D';

function entry(title: string, abstract: string, url: string, number?: number): Entry {
  return {
    kind: 'entry',
    paper: '2406.01574',
    ...(number !== undefined && { number }),
    title,
    url,
    meta: [number === undefined ? [title] : ['FACTS']],
    body: [[abstract, ' ', { kind: 'dim', text: '(extracted)' }]],
    actions: [
      { kind: 'run', label: title, line: title, effect: 'answer' },
      { kind: 'link', label: abstract, url },
    ],
    opens: title,
  };
}

function paperCard(title: string, abstract: string): Card {
  return {
    tone: 'done',
    title: abstract,
    url: SECOND,
    blocks: [entry(title, abstract, FIRST)],
    footer: [title],
  };
}

function listCard(title: string, abstract: string): Card {
  return {
    tone: 'plain',
    title: abstract,
    blocks: [entry(title, abstract, FIRST, 1), entry(abstract, title, SECOND, 2)],
    footer: [abstract],
  };
}

const KINDS = ['bold', 'italic', 'code', 'dim'] as const;

/** Every kind of node, separate and adjacent, and addresses that end early. */
function nodesOf(title: string, abstract: string): RichText {
  return [
    ...KINDS.flatMap((kind): RichText => [{ kind, text: title }, ' and ']),
    title,
    { kind: 'bold', text: abstract },
    abstract,
    { kind: 'link', text: title, url: 'javascript:alert(1)' },
    { kind: 'code', text: abstract },
    { kind: 'bold', text: title },
    { kind: 'bold', text: abstract },
    { kind: 'italic', text: abstract },
    ' see ',
    { kind: 'link', text: abstract, url: `https://x.org/${title}` },
  ];
}

function read(source: string | undefined, place: Place = 'description'): Summary {
  return summary(readMarkdown(source ?? '', place));
}

function expectShown(seen: string | undefined, text: string): void {
  const whole = visible(text).trim();
  const actual = seen ?? '';
  if (actual === whole) return;
  const start = actual.slice(0, -1);
  if (!actual.endsWith('…') || !whole.startsWith(start)) expect(actual).toBe(whole);
}

/** If a text cannot be the text of its link, the word after it is. */
function withoutLinkWord(title: string, text: string): string {
  return text.endsWith(' open') && !visible(title).trim().endsWith(' open') ? text.slice(0, -5) : text;
}

describe('a hostile text in Discord', () => {
  it(`is shown literally on ${CASES} cards of one paper`, () => {
    forEachPair(1, CASES, (title, abstract) => {
      const rendered = renderCard(paperCard(title, abstract));
      expect(breaches(rendered)).toEqual([]);
      const [embed] = rendered.embeds;
      expectShown(embed?.author?.name, abstract);
      if (visible(title).trim() !== '') {
        const heading = read(embed?.title, 'title');
        expect(heading).toMatchObject({ links: [], mentions: [], marks: [] });
        expectShown(heading.text, title);
      }
      const { text, links, mentions, marks } = read(embed?.description);
      expect({ links, mentions }).toEqual({ links: [], mentions: [] });
      const [small, ...others] = text.split('\n').filter((line) => line !== '');
      const facts = visible(title).trim() === '' ? undefined : small;
      if (facts !== undefined) expectShown(facts, title);
      const body = (facts === undefined ? [small, ...others] : others).join('');
      const paragraph = `${abstract} (extracted)`;
      expectShown(body, paragraph);
      const whole = body === visible(paragraph).trim();
      expect(marks).toEqual([
        ...(facts === undefined ? [] : [`subtext ${facts}`]),
        ...(whole ? ['italic (extracted)'] : []),
      ]);
    });
  });

  it(`is shown literally in ${CASES} entries of lists`, () => {
    forEachPair(2, CASES / 2, (title, abstract) => {
      const rendered = renderCard(listCard(title, abstract));
      expect(breaches(rendered)).toEqual([]);
      const { text, links, mentions, marks } = read(rendered.embeds[0]?.description);
      const lines = text.split('\n').filter((line) => line !== '');
      const [first = '', , second = ''] = lines.length === 4 ? lines : [lines[0], '', lines[1]];
      for (const [at, [line, name]] of [
        [first, title],
        [second, abstract],
      ].entries()) {
        const [, shown = 'the form of a line is lost'] =
          new RegExp(`^${at + 1} (.*) · FACTS$`, 'u').exec(line ?? '') ?? [];
        expectShown(withoutLinkWord(name ?? '', shown), name ?? '');
      }
      expect(mentions).toEqual([]);
      expect(links).toEqual([
        ...(visible(title).trim() === '' ? [] : [FIRST]),
        ...(visible(abstract).trim() === '' ? [] : [SECOND_SAFE]),
      ]);
      expect(marks.filter((mark) => mark !== 'italic (extracted)')).toEqual(['bold 1', 'bold 2']);
    });
  });

  it('stays inside its node, for every kind of node', () => {
    forEachPair(3, CASES / 8, (title, abstract) => {
      const text = nodesOf(title, abstract);
      const rendered = renderCard({
        tone: 'plain',
        blocks: [
          { kind: 'text', text },
          { kind: 'fields', fields: [{ name: title, value: text }] },
        ],
      });
      expect(breaches(rendered)).toEqual([]);
      const [embed] = rendered.embeds;
      const [field] = embed?.fields ?? [];
      expect(read(field?.name, 'title')).toMatchObject({ links: [], mentions: [], marks: [] });
      for (const seen of [read(embed?.description), read(field?.value, 'value')]) {
        expect(seen.mentions).toEqual([]);
        expect(seen.links.map((url) => new URL(url).origin)).toEqual(
          seen.links.slice(0, 1).map(() => 'https://x.org'),
        );
        expect(seen.marks.filter((mark) => !marksOf(title, abstract).includes(mark))).toEqual([]);
        const words = text.map((node) => visible(typeof node === 'string' ? node : node.text)).join('');
        expectShown(withoutLinkWord(abstract, seen.text), words);
      }
    });
  });
});

function marksOf(title: string, abstract: string): string[] {
  return [title, abstract].flatMap((text) => {
    const shown = visible(text);
    return [`bold ${shown.trim()}`, `italic ${shown.trim()}`, `code ${shown}`];
  });
}

function forEachPair(seed: number, count: number, check: (title: string, abstract: string) => void): void {
  const texts = hostileTexts(2 * count, seed);
  for (const title of texts) {
    const abstract = texts.next().value ?? '';
    try {
      check(title, abstract);
    } catch (error) {
      throw new Error(`With ${JSON.stringify({ title, abstract })}`, { cause: error });
    }
  }
}
