import { describe, expect, it } from 'vitest';
import type { RichText } from '../../../../src/chat/card.ts';
import { toMarkdown, toPlain } from '../../../../src/platforms/discord/rendering/markup.ts';
import { readMarkdown } from '../../../fakes/discord/people/markdown.ts';
import { summary } from '../../../fakes/visible-text.ts';

const url = 'https://arxiv.org/abs/2406.01574';
const write = (...text: RichText) => toMarkdown(text, 4096);
const read = (source: string) => summary(readMarkdown(source));

describe('toMarkdown', () => {
  it.each([
    ['A* and snake_case ~3% a|b `x`', String.raw`A\* and snake\_case \~3% a\|b \`x\``],
    ['# 1', String.raw`\# 1`],
    ['-# small', String.raw`\-# small`],
    ['- item', String.raw`\- item`],
    ['+ item', String.raw`\+ item`],
    ['1. item', String.raw`1\. item`],
    ['2) item', String.raw`2\) item`],
    ['> quote', String.raw`\> quote`],
    ['[Re] x', String.raw`\[Re\] x`],
    ['[a](https://x.org)', String.raw`\[a\]\(https\://x.org)`],
    ['<@1> <#1> <t:1> </a:1> <:a:1>', String.raw`\<\@1\> \<#1\> \<t\:1\> \</a\:1\> \<\:a\:1\>`],
    ['@everyone, a@x.org', String.raw`\@everyone, a\@x.org`],
    [':smile:', String.raw`\:smile\:`],
    ['Discord.gg/x', String.raw`Discord\.gg/x`],
    [String.raw`$\alpha$`, String.raw`$\\alpha$`],
  ])('escapes %j', (text, written) => {
    expect(write(text)).toBe(written);
  });

  it('leaves alone what needs no escape', () => {
    const text = 'MMLU-Pro: a (much) harder test, 10 + 5.1% – “quoted” / #1 & 漢字 👩‍🔬!';
    expect(write(text)).toBe(text);
  });

  it('takes out what is not seen before it escapes', () => {
    expect(write('@\u200Beveryone \u202Eabc\n# x')).toBe(String.raw`\@everyone abc # x`);
  });

  it('escapes texts that stand side by side as one', () => {
    const link = { kind: 'link', text: 'a', url } as const;
    for (const text of [
      [link, ' https:', '//evil.example'],
      [link, ' x]', '(https://evil.example)'],
      [link, ' x]', { kind: 'link', text: '(a)', url: 'javascript:1' } as const, '(https://evil.example)'],
      [link, ' discord', '.gg/x'],
      [link, ' :smi', 'le:'],
    ]) {
      const words = text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
      expect(read(write(...text))).toEqual({ text: words, links: [url], mentions: [], marks: [] });
    }
  });

  it('marks what is marked, right at its letters', () => {
    expect(write({ kind: 'bold', text: 'a ' }, 'b')).toBe('**a** b');
    expect(write({ kind: 'italic', text: 'a*' }, ' b')).toBe(String.raw`*a\** b`);
    expect(write({ kind: 'dim', text: '(extracted)' })).toBe('*(extracted)*');
    expect(write({ kind: 'code', text: '/papers search a_b' })).toBe('`/papers search a_b`');
    expect(write({ kind: 'bold', text: ' ' }, 'a')).toBe('a');
  });

  it('does not let marks touch', () => {
    const text: RichText = [
      { kind: 'bold', text: 'a' },
      '',
      { kind: 'bold', text: 'b' },
      { kind: 'italic', text: 'c' },
    ];
    expect(read(write(...text))).toEqual({
      text: 'abc',
      links: [],
      mentions: [],
      marks: ['bold a', 'italic c'],
    });
  });

  it('writes what code cannot hold as it is, without code', () => {
    expect(write({ kind: 'code', text: 'a`b' })).toBe(String.raw`a\`b`);
    expect(write({ kind: 'code', text: 'a](b)' })).toBe(String.raw`a\]\(b)`);
  });

  it('makes a text its link, or stands it before the link when it would need escapes there', () => {
    expect(write({ kind: 'link', text: 'Mixtral: (8×7B)', url })).toBe(`[Mixtral: (8×7B)](${url})`);
    expect(write({ kind: 'link', text: 'A* search', url })).toBe(`A\\* search [open](${url})`);
    expect(write({ kind: 'link', text: 'https://x.org', url })).toBe(`https\\://x.org [open](${url})`);
    expect(write({ kind: 'link', text: '🤖 robots', url })).toBe(`🤖 robots [open](${url})`);
    expect(write({ kind: 'link', text: '1. First', url })).toBe(`1\\. First [open](${url})`);
  });

  it('links to web addresses only, spelled so that nothing in them ends the link', () => {
    expect(write({ kind: 'link', text: 'a', url: 'javascript:alert(1)' })).toBe('a');
    expect(write({ kind: 'link', text: 'a', url: 'https://x.org/a_(b)?q="<c>" d' })).toBe(
      '[a](https://x.org/a_%28b%29?q=%22%3Cc%3E%22%20d)',
    );
    const room = 512 - 'https://x.org/'.length;
    expect(write({ kind: 'link', text: 'a', url: `https://x.org/${'b'.repeat(room)}` })).toMatch(/^\[a\]/);
    expect(write({ kind: 'link', text: 'a', url: `https://x.org/${'b'.repeat(room + 1)}` })).toBe('a');
  });

  it('shortens what is one over, and neither cuts an escape nor counts without it', () => {
    expect(toMarkdown(['x'.repeat(10)], 10)).toBe('x'.repeat(10));
    expect(toMarkdown(['x'.repeat(11)], 10)).toBe(`${'x'.repeat(9)}…`);
    expect(toMarkdown(['*'.repeat(5)], 10)).toBe('\\*'.repeat(5));
    expect(toMarkdown(['*'.repeat(6)], 10)).toBe(`${'\\*'.repeat(4)}…`);
  });

  it('at every limit gives the beginning of the same words', () => {
    const text: RichText = [
      'A*: <@1> 👩‍👩‍👧‍👦 ',
      { kind: 'bold', text: '**bold**' },
      ' e\u0301\u0301 ',
      { kind: 'link', text: 'A paper', url },
      ' https://x.org ',
      { kind: 'link', text: 'B*', url },
      ' ',
      { kind: 'code', text: 'code' },
    ];
    const whole = read(toMarkdown(text, 1000)).text;
    expect(whole).toBe('A*: <@1> 👩‍👩‍👧‍👦 **bold** e\u0301\u0301 A paper https://x.org B* open code');
    for (let limit = 0; limit < 200; limit++) {
      const written = toMarkdown(text, limit);
      expect(written.length).toBeLessThanOrEqual(limit);
      const seen = read(written);
      expect(seen.mentions).toEqual([]);
      expect(seen.links.filter((link) => link !== url)).toEqual([]);
      const words = seen.text.replace(/…$/, '').trimEnd();
      expect(
        [whole, whole.replace('open ', ' ')].some((each) => each.startsWith(words)),
        words,
      ).toBe(true);
    }
  });
});

describe('toPlain', () => {
  it('gives the words as they stand, without what is not seen', () => {
    const text: RichText = [
      ' *a*\u200B ',
      { kind: 'link', text: '<@1>', url },
      { kind: 'code', text: ' `b` ' },
    ];
    expect(toPlain(text, 100)).toBe('*a* <@1> `b`');
    expect(toPlain(text, 8)).toBe('*a* <@1…');
  });
});
