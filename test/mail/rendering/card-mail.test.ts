import { describe, expect, it } from 'vitest';
import type { Card, Entry } from '../../../src/chat/card.ts';
import { cardMail } from '../../../src/mail/rendering/card-mail.ts';
import { renderDigestMail } from '../../../src/mail/rendering/render-mail.ts';

const WHY = { why: 'You asked for it.' };

function entry(title: string, parts: Partial<Entry> = {}): Entry {
  return { kind: 'entry', paper: title, title, meta: [], body: [], actions: [], ...parts };
}

function heading(text: string): Card['blocks'][number] {
  return { kind: 'text', text: [{ kind: 'bold', text }] };
}

/** A digest with every part. */
const DIGEST: Card = {
  tone: 'plain',
  title: 'Your digest · Thursday 28 May',
  blocks: [
    heading('Changes of papers that you saved'),
    entry('Scaling Laws', {
      number: 1,
      url: 'https://arxiv.org/abs/2601.00001',
      meta: [['Lena Brandt']],
      body: [['v3: the abstract changed.'], ['Published at ICML 2026.']],
    }),
    { kind: 'text', text: ['And 2 more papers changed.'] },
    heading('Trending papers'),
    entry('Sparse Routers', {
      number: 2,
      url: 'https://arxiv.org/abs/2605.01234',
      meta: [['Ada Okafor · cs.LG'], ['▲ 142']],
      body: [['A router learns.'], [{ kind: 'dim', text: 'Matches your watch “routers”' }]],
    }),
    { kind: 'text', text: ['Your team saved 3 papers since 27 May 2026.'] },
  ],
  actions: [{ kind: 'run', label: 'All changes', line: '/papers changes', effect: 'answer' }],
  footer: ['sentences extracted · change or stop the digest: ', { kind: 'code', text: '/papers digest' }],
};

describe('a card as a mail', () => {
  it('has a section for each heading, with its papers and its notes', () => {
    expect(cardMail(DIGEST, WHY)).toEqual({
      subject: 'Your digest · Thursday 28 May: Scaling Laws, and 1 more',
      title: 'Your digest · Thursday 28 May',
      intro: '2 papers: changes of papers that you saved (1), trending papers (1).',
      sections: [
        {
          title: 'Changes of papers that you saved',
          papers: [
            {
              title: 'Scaling Laws',
              url: 'https://arxiv.org/abs/2601.00001',
              authors: 'Lena Brandt',
              summary: 'v3: the abstract changed. Published at ICML 2026.',
            },
          ],
          note: 'And 2 more papers changed.',
        },
        {
          title: 'Trending papers',
          papers: [
            {
              title: 'Sparse Routers',
              url: 'https://arxiv.org/abs/2605.01234',
              authors: 'Ada Okafor · cs.LG · ▲ 142',
              summary: 'A router learns.',
              reason: 'Matches your watch “routers”',
            },
          ],
          note: 'Your team saved 3 papers since 27 May 2026.',
        },
      ],
      footer: {
        why: 'You asked for it.',
        change:
          'Sentences extracted. In the chat, you can type /papers changes (all changes) or /papers digest (change or stop the digest).',
      },
    });
  });

  it('without papers is its text', () => {
    const card: Card = {
      tone: 'plain',
      title: 'News',
      blocks: [{ kind: 'text', text: ['Your team saved one.'] }],
    };
    const { text } = renderDigestMail(cardMail(card, WHY));
    expect(text).toBe('NEWS\n\nYour team saved one.\n\n--\nYou asked for it.\n');
  });

  it('shows markup and mentions in titles literally', () => {
    const title = '<b>@everyone</b> & <script>alert(1)</script>';
    const card: Card = { tone: 'plain', title, blocks: [entry(title, { url: 'javascript:alert(1)' })] };
    const { html, text } = renderDigestMail(cardMail(card, WHY));
    expect(html).not.toMatch(/<b>|<script|href/);
    expect(html).toContain('&lt;b&gt;@everyone&lt;/b&gt; &amp; &lt;script&gt;');
    expect(text).toContain(`* ${title}`);
  });
});
