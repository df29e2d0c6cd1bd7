import { type CanIEmailOptions, caniemail } from 'caniemail';
import { describe, expect, it } from 'vitest';
import type { DigestMail } from '../../../src/mail/rendering/mail-contents.ts';
import { renderCodeMail, renderDigestMail } from '../../../src/mail/rendering/render-mail.ts';
import { SAMPLE_DIGEST } from './sample-digest.ts';

const CLIENTS: CanIEmailOptions['clients'] = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*'];

/** Features that some of the clients ignore, and why the mail is good without them. */
const DISPENSABLE: Readonly<Record<string, string>> = {
  'color-scheme CSS property': 'dark mode; without it, the mail is light or inverted by the client',
  'color-scheme meta tag': 'dark mode',
  '@media': 'dark mode',
  '<style> element': 'dark mode; every other style is inline',
  '<body> element': 'becomes a div; the cell inside has the same background and padding',
  'target attribute': 'the client opens links as it always does',
  'role attribute': 'layout tables are read out as tables',
  'text-decoration-line': 'repeats text-decoration',
};

const HOSTILE =
  '</style></title><script>alert(1)</script><img src="https://evil.example/i.png">"\'><a href="javascript:alert(1)">&amp;{{x}}<!-- ';

function digestOf(text: string, url = 'https://arxiv.org/abs/2605.01234'): DigestMail {
  return {
    subject: text,
    title: text,
    intro: text,
    sections: [
      {
        title: text,
        papers: [{ title: text, url, authors: text, summary: text, reason: text }],
        note: text,
      },
    ],
    footer: { why: text, change: text, unsubscribeUrl: 'https://bot.lab.example/unsubscribe/x' },
  };
}

function textsOf({ title, intro, sections, footer }: DigestMail): string[] {
  const ofSections = sections.flatMap((section) => [
    section.title,
    section.note,
    ...section.papers.flatMap(({ title: name, authors, summary, reason }) => [
      name,
      authors,
      summary,
      reason,
    ]),
  ]);
  return [title, intro, ...ofSections, footer.why, footer.change].filter((text) => text !== undefined);
}

/** The text that a browser shows, roughly: no tags, and the five entities that React writes. */
function shown(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#x27': "'", amp: '&' };
  return html
    .replace(/<(title|style)[^>]*>[^<]*<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#x27|amp);/g, (_, name: string) => entities[name] ?? '');
}

describe('a digest by e-mail', () => {
  it('says the same as plain text and as HTML', () => {
    const { text, html } = renderDigestMail(SAMPLE_DIGEST);
    const flat = text.replace(/\s+/g, ' ').toLowerCase();
    for (const each of textsOf(SAMPLE_DIGEST)) {
      expect(flat).toContain(each.toLowerCase());
      expect(shown(html)).toContain(each);
    }
  });

  it('links each paper and the page that ends it, in both forms', () => {
    const { text, html } = renderDigestMail(SAMPLE_DIGEST);
    const urls = SAMPLE_DIGEST.sections.flatMap(({ papers }) => papers.map(({ url }) => url));
    for (const url of [...urls, SAMPLE_DIGEST.footer.unsubscribeUrl]) {
      expect(text.split(/\s+/)).toContain(url);
      expect(html).toContain(`href="${url}"`);
    }
  });

  it('uses nothing that Gmail, Outlook, Apple Mail or Yahoo does not support, but what they can ignore', () => {
    const { html } = renderDigestMail(SAMPLE_DIGEST);
    const { issues } = caniemail({ clients: CLIENTS, html });
    const unsupported = new Set([...issues.errors.values()].flat().map(({ title }) => title));
    expect([...unsupported].sort()).toEqual(Object.keys(DISPENSABLE).sort());
  });

  it('loads nothing and tells nobody that it was opened', () => {
    const { html } = renderDigestMail(SAMPLE_DIGEST);
    expect(html).not.toMatch(
      /<(?:img|link|script|iframe|object|video|audio|form|input|base)\b|url\(|@import|\bsrc=|background=/i,
    );
  });

  it('escapes every text', () => {
    const { html } = renderDigestMail(digestOf(HOSTILE));
    expect(html).not.toMatch(/<(?:script|img)/);
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html.match(/<a /g)).toHaveLength(2);
    expect(shown(html)).toContain(HOSTILE);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '', 'x'])(
    'shows a title without a link when its address is “%s”',
    (url) => {
      const { html, text } = renderDigestMail(digestOf('A title', url));
      expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://bot.lab.example/unsubscribe/x"']);
      expect(text).not.toContain('  x\n');
      expect(shown(html)).toContain('A title');
    },
  );

  it('has one line in its subject and in each text, without invisible characters', () => {
    const { subject, html } = renderDigestMail(digestOf('a\r\nBcc: b\u202Ec\u0000d\u001B[31me'));
    expect(subject).toBe('a  Bcc: bcde');
    expect(html).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it('leaves out empty sections and absent lines', () => {
    const { html, text } = renderDigestMail({
      subject: 'Papers',
      title: 'Papers',
      intro: '',
      sections: [
        { title: 'Nothing here', papers: [] },
        { title: 'One', papers: [{ title: 'A title', url: 'https://x.example/' }] },
      ],
      footer: { why: 'You asked for it.', change: 'Type /papers digest to end it.' },
    });
    expect(text).toBe(
      'PAPERS\n\nOne\n===\n\n* A title\n  https://x.example/\n\n--\nYou asked for it.\nType /papers digest to end it.\n',
    );
    expect(html).not.toMatch(/Nothing here|<p[^>]*><\/p>|Unsubscribe/);
  });

  it('breaks lines of the plain text before column 72, but no link', () => {
    const { text } = renderDigestMail(SAMPLE_DIGEST);
    expect(text.split('\n').filter((line) => line.length > 72 && !line.includes('https://'))).toEqual([]);
  });

  it('with 50 papers stays below the 102 kB at which Gmail cuts a mail off', () => {
    const papers = SAMPLE_DIGEST.sections.flatMap((section) => section.papers);
    const many = Array.from({ length: 50 }, (_, at) => papers[at % papers.length] ?? { title: '', url: '' });
    const { html } = renderDigestMail({ ...SAMPLE_DIGEST, sections: [{ title: 'Trending', papers: many }] });
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });

  it('has enough contrast in light and in dark mode', () => {
    const { html } = renderDigestMail(SAMPLE_DIGEST);
    const [, dark = ''] = html.split('prefers-color-scheme:dark');
    const coloursOf = (part: string, property: string) =>
      new Set(
        Array.from(
          part.matchAll(new RegExp(`[;{"]${property}:(#[0-9a-f]{6})`, 'g')),
          ([, colour = '']) => colour,
        ),
      );
    const darkRules = dark.slice(0, dark.indexOf('</style>'));
    const light = dark.slice(dark.indexOf('</style>'));
    for (const part of [darkRules, light]) {
      const [page = ''] = coloursOf(part, 'background-color');
      const texts = coloursOf(part, 'color');
      expect(texts.size).toBe(3);
      for (const colour of texts) expect(contrast(colour, page)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('a mail with a code', () => {
  const MAIL = {
    subject: 'Confirm your address: 482 913',
    title: 'Confirm your address',
    intro: 'Type /papers digest code:482913 in the chat within an hour.',
    code: '482 913',
    footer: {
      why: 'Someone asked for paper digests at this address.',
      change: 'If it was not you, do nothing.',
    },
  };

  it('shows the code in both forms', () => {
    const { subject, text, html } = renderCodeMail(MAIL);
    expect(subject).toBe(MAIL.subject);
    expect(text).toBe(
      `CONFIRM YOUR ADDRESS\n\n${MAIL.intro}\n\n  482 913\n\n--\n${MAIL.footer.why}\n${MAIL.footer.change}\n`,
    );
    for (const each of [MAIL.title, MAIL.intro, MAIL.code, MAIL.footer.why])
      expect(shown(html)).toContain(each);
    expect(html).not.toContain('<a ');
  });

  it('escapes every text', () => {
    const { html } = renderCodeMail({ ...MAIL, code: HOSTILE, intro: HOSTILE });
    expect(html).not.toMatch(/<(?:script|img|a) /);
    expect(shown(html)).toContain(HOSTILE);
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
