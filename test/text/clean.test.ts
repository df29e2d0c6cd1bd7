import { describe, expect, it } from 'vitest';
import {
  ABSTRACT_LIMIT,
  cleanAbstract,
  cleanInstant,
  cleanList,
  cleanText,
  cleanTitle,
  cleanUrl,
  TITLE_LIMIT,
} from '../../src/text/clean.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { JOINED } from '../support/hostile-texts.ts';

describe('text from outside', () => {
  it.each([
    ['hard line breaks', 'Large Multimodal\n  Models', 'Large Multimodal Models'],
    ['control characters', 'a\u0000b\u001b[31mc', 'ab[31mc'],
    ['bidi controls', 'safe\u202Egnp.exe\u2066x\u2069', 'safegnp.exex'],
    ['zero-width characters', 'in\u200Bvis\u2060ible\uFEFF', 'invisible'],
    ['lone surrogates', 'a\uD800b', 'ab'],
    ['an invisible character between spaces', 'a \u200B b', 'a b'],
    ['decomposed letters', 'Wu\u0308bben', 'Wübben'],
    [
      'lost LaTeX between numbers',
      '512 times 512 images, 3 times as fast',
      '512 × 512 images, 3 times as fast',
    ],
    ['lost LaTeX', 'a 2.4times speedup and 30\\% less, 3 times', 'a 2.4× speedup and 30% less, 3 times'],
    [
      'accents in LaTeX',
      String.raw`K\"ahler, Bal\'azs, Erd\H{o}s, na\"{\i}ve`,
      'Kähler, Balázs, Erdős, naïve',
    ],
    ['the braces that BibTeX sets around them', String.raw`{\"O}zg{\"u}r and {\'{\i}}`, 'Özgür and í'],
    [
      'letters that have a name',
      String.raw`{\AA}, \L{}ojasiewicz, S\o rensen, \dj, \oe uvre`,
      'Å, Łojasiewicz, Sørensen, đ, œuvre',
    ],
    ['marks upon marks', String.raw`Nguy\~{\^e}n and \v{S}a\v r\'\i k`, 'Nguyễn and Šařík'],
    [
      'quotes that were escaped',
      String.raw`the \"best\" of the model\'s and MLLM\'s`,
      'the "best" of the model\'s and MLLM\'s',
    ],
    ['entities', 'p &lt; 0.05, AT&amp;T, K&auml;hler &#177; 1, R&D', 'p < 0.05, AT&T, Kähler ± 1, R&D'],
    ['entities that were written twice', 'AT&amp;amp;T, p &amp;lt; 0.05', 'AT&T, p < 0.05'],
    ['an entity of what is not seen', 'safe&#x202E;gnp&NewLine;exe&nbsp;x', 'safegnp exe x'],
    [
      'nothing of a formula',
      String.raw`$\d{x}$, $\hat{o}$ and \(\L\)`,
      String.raw`$\d{x}$, $\hat{o}$ and \(\L\)`,
    ],
    ['nothing of a longer name', String.raw`\log, \inf and \thing`, String.raw`\log, \inf and \thing`],
    ['markup, which is literal', '<b>*x*</b> <!channel>', '<b>*x*</b> <!channel>'],
  ])('loses %s', (_, dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  it.each(JOINED)('keeps what %s needs to be read', (_, text) => {
    expect(cleanText(`${text} a\u200Db\u200Cc`)).toBe(`${text} abc`);
  });

  it('is cut at its limit and never inside a character', () => {
    expect(cleanTitle('x'.repeat(TITLE_LIMIT))).toHaveLength(TITLE_LIMIT);
    expect(cleanTitle('x'.repeat(TITLE_LIMIT + 1))).toHaveLength(TITLE_LIMIT);
    expect(cleanAbstract('x'.repeat(ABSTRACT_LIMIT + 1))).toHaveLength(ABSTRACT_LIMIT);
    expect(cleanText('ab😀', 3)).toBe('ab');
  });

  it('reads no further than an abstract can go, so that ten megabytes cost what one costs', () => {
    const piece = ' \u0301a\u200B';
    const timed = (repeats: number) => {
      // As it comes from a source: what "repeat" returns is laid out in memory only when it is read.
      const text = Buffer.from(piece.repeat(repeats)).toString();
      const started = cpuTime();
      cleanAbstract(text);
      return cpuTime() - started;
    };
    const times = Array.from({ length: 5 }, () => ({ one: timed(250_000), ten: timed(2_500_000) }));
    const best = (key: 'one' | 'ten') => Math.min(...times.map((time) => time[key]));
    expect(best('ten')).toBeLessThan(5 * best('one') + 1);
  });

  it('names each entry of a list once and none without letters', () => {
    expect(cleanList(['Ada\n Example', 'Ada Example', ' \u200B', 'Bo'])).toEqual(['Ada Example', 'Bo']);
  });
});

describe('links from outside', () => {
  it.each([
    [' https://sites.google.com/view/x', 'https://sites.google.com/view/x'],
    ['http://example.org/a b', 'http://example.org/a%20b'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['https://user:secret@example.org/', undefined],
    ['example.org', undefined],
    [`https://example.org/${'x'.repeat(2_000)}`, undefined],
  ])('%s', (text, url) => {
    expect(cleanUrl(text)).toBe(url);
  });
});

describe('dates from outside', () => {
  it.each([
    ['2026-03-13T00:00:00-04:00', '2026-03-13T04:00:00.000Z'],
    ['2026-03-11', '2026-03-11T00:00:00.000Z'],
    ['yesterday', undefined],
    ['', undefined],
    ['+123456-01-01T00:00:00Z', undefined],
    ['0001-01-01', undefined],
  ])('%s', (text, instant) => {
    expect(cleanInstant(text)).toBe(instant);
  });
});
