import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import { visible, webUrl } from '../../src/chat/invisible.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import { leastCpuTime } from '../support/cpu-time.ts';
import { JOINED } from '../support/hostile-texts.ts';

describe('clip', () => {
  it('clip keeps text at the limit and shortens longer text', () => {
    expect(clip('12345', 5)).toBe('12345');
    expect(clip('123456', 5)).toBe('1234…');
    expect(clip('', 0)).toBe('');
    expect(clip('abc', 0)).toBe('');
    expect(clip('abc', 1)).toBe('…');
    expect(clip('one two', 5)).toBe('one…');
  });

  it('clip never splits an emoji, an accent or a surrogate pair', () => {
    const family = '👨‍👩‍👧‍👦';
    const text = `ab${family}e\u0301🇩🇪漢字`;
    const whole = new Set(['ab', `ab${family}`, `ab${family}e\u0301`, `ab${family}e\u0301🇩🇪`, 'a', '']);
    for (let limit = 1; limit < text.length - 1; limit++) {
      const clipped = clip(text, limit);
      expect(clipped.length).toBeLessThanOrEqual(limit);
      expect(whole.has(clipped.slice(0, -1)) || clipped === `ab${family}e\u0301🇩🇪漢…`, clipped).toBe(true);
    }
  });

  it('clip is fast for a million characters and for one huge grapheme', () => {
    const took = leastCpuTime(250, () => {
      expect(clip('x'.repeat(1_000_000), 100)).toHaveLength(100);
      expect(clip(`a${'\u0301'.repeat(1_000_000)}`, 100)).toBe('…');
    });
    expect(took).toBeLessThan(250);
  });
});

describe('visible', () => {
  it('visible removes whole escape sequences, including letters and addresses', () => {
    expect(visible('\u001B[31mred\u001B[0m')).toBe('red');
    expect(visible('\u001B]8;;http://evil\u0007click\u001B]8;;\u0007')).toBe('click');
    expect(visible('\u001B]0;title\u001B\\x')).toBe('x');
    expect(visible('\u009B2Jx\u009D0;y\u009Cz')).toBe('xz');
    expect(visible('\u001BPdevice\u001B\\x\u001Bc')).toBe('x');
    expect(visible('a\u001B')).toBe('a');
  });

  it('visible removes control, bidirectional, zero-width and tag characters', () => {
    expect(visible('a\u0000b\u0007c\u007Fd\u0085e')).toBe('abcd e');
    expect(visible('\u202Eabc\u202C\u2066d\u2069\u200F')).toBe('abcd');
    expect(visible('a\u200Bb\uFEFFc\u2060d\u00ADe\u200Df\u200Cg')).toBe('abcdefg');
    expect(visible('a\u{E0041}\u{E007F}b\uE000')).toBe('ab');
    expect(visible('a\uD800b')).toBe('a\uFFFDb');
    expect(visible('a\u2065b\uFFF0c\u17B4d\u180Be\u2800f\u3164g\u034Fh')).toBe('abcdefgh');
  });

  it('visible joins lines and keeps letters, accents and emoji', () => {
    expect(visible('one\r\n\ttwo')).toBe('one   two');
    const kept = 'Ünïcode e\u0301 漢字 שלום مرحبا 👩‍🔬 👩🏽‍🚀 ❤️‍🔥 🇩🇪 ∑∞ ﬁ';
    expect(visible(kept)).toBe(kept);
  });

  it.each(JOINED)('visible keeps the invisible characters that %s needs', (_, text) => {
    expect(visible(text)).toBe(text);
    expect(visible(`x${text}\u200C\u200Cy`)).toBe(`x${text}y`);
  });

  it('visible removes joiners and tags that join nothing', () => {
    expect(visible('می\u200C\u200Cخواهم می\u200C x\u200Dمی')).toBe('میخواهم می xمی');
    expect(visible('🏴\u{E0067}\u{E0062}x 🏳\u{E0067}\u{E0062}\u{E0065}\u{E007F}')).toBe('🏴x 🏳');
  });

  it('visible is fast on adversarial text', () => {
    for (const text of [
      '\u001B['.repeat(100_000),
      `\u001B]${'x'.repeat(200_000)}`,
      '\u001B]'.repeat(100_000),
    ]) {
      const took = leastCpuTime(500, () => visible(text));
      expect(took).toBeLessThan(500);
    }
  });
});

describe('webUrl', () => {
  it('webUrl accepts only web addresses, and normalises them', () => {
    expect(webUrl('https://arxiv.org/abs/2406.01574')).toBe('https://arxiv.org/abs/2406.01574');
    expect(webUrl('https://x.org/a b\u001B\\"')).toBe('https://x.org/a%20b%1B/%22');
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'x',
      '',
      `https://x.org/${'a'.repeat(2000)}`,
    ]) {
      expect(webUrl(url), url).toBeUndefined();
    }
  });
});

describe('toPlainText', () => {
  it('toPlainText has the whole content of a card in order', () => {
    const card: Card = {
      tone: 'plain',
      title: 'A \u001B[31mtitle',
      url: 'https://example.org/list',
      blocks: [
        {
          kind: 'text',
          text: [
            'See ',
            { kind: 'link', text: 'this', url: 'https://example.org/' },
            { kind: 'bold', text: ' now' },
          ],
        },
        {
          kind: 'entry',
          paper: '1',
          number: 1,
          title: 'Paper\nOne',
          url: 'https://arxiv.org/abs/1',
          meta: [['2024 · cs.LG']],
          body: [['A sentence.']],
          actions: [],
        },
        { kind: 'divider' },
        { kind: 'fields', fields: [{ name: 'Papers', value: [{ kind: 'code', text: '12' }] }] },
        { kind: 'image', url: 'https://example.org/i.png', alt: 'A plot' },
      ],
      actions: [
        { kind: 'link', label: 'PDF', url: 'https://arxiv.org/pdf/1' },
        { kind: 'run', label: 'later', line: '/papers x', effect: 'replace' },
      ],
      footer: [{ kind: 'dim', text: '1 of 1' }],
    };
    expect(toPlainText(card)).toBe(
      [
        'A title',
        'https://example.org/list',
        'See this (https://example.org/) now',
        '1. Paper One',
        'https://arxiv.org/abs/1',
        '2024 · cs.LG',
        'A sentence.',
        'Papers: 12',
        'A plot',
        'PDF: https://arxiv.org/pdf/1',
        '1 of 1',
      ].join('\n'),
    );
  });

  it('toPlainText is never empty', () => {
    expect(toPlainText({ tone: 'plain', blocks: [] })).toBe('Paperboy');
  });
});
