import type { APIEmbed } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import type { Block, Card, Entry, RichText } from '../../../../src/chat/card.ts';
import { visible } from '../../../../src/chat/invisible.ts';
import { toPlainText } from '../../../../src/chat/plain.ts';
import { renderCard } from '../../../../src/platforms/discord/rendering/render.ts';
import { openHarness } from '../../../commands/harness.ts';
import { readMarkdown } from '../../../fakes/discord/people/markdown.ts';
import { summary } from '../../../fakes/visible-text.ts';
import { leastCpuTime } from '../../../support/cpu-time.ts';
import { listedPapers, samplePaper } from '../../../support/papers.ts';
import { breaches } from '../within-limits.ts';

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

function text(...words: RichText): Block {
  return { kind: 'text', text: words };
}

function fields(count: number, name = 'name', value = 'value'): Block {
  return { kind: 'fields', fields: Array.from({ length: count }, () => ({ name, value: [value] })) };
}

function embedOf(rendered: Card): APIEmbed {
  const message = renderCard(rendered);
  expect(breaches(message)).toEqual([]);
  return message.embeds[0] ?? {};
}

describe('a card of the program', () => {
  async function openWithPapers() {
    return openHarness([samplePaper(), ...listedPapers('2026-05-28', 7)]);
  }

  it('of one paper', async () => {
    const { say } = await openWithPapers();
    const { embeds, components } = renderCard((await say('/papers show TokenRoute')).card);
    expect(embeds).toEqual([
      {
        color: 0x4a6fa5,
        title: 'Routing Tokens to Mixtures of Experts',
        url: 'https://arxiv.org/abs/2605.00001',
        description: [
          '-# Ada Lovelace, Alan Turing · Example Lab',
          '-# 28 May 2026 · cs.LG, cs.CL · ▲ 128 · 💬 7 · ★ 412 code',
          '',
          'Large models are expensive to run. However, existing routers leave most experts idle. **We propose TokenRoute, a router that learns which experts a token needs.** Experiments on twelve benchmarks show that it halves the cost at equal accuracy.',
        ].join('\n'),
      },
    ]);
    expect(components.map((row) => row.components)).toEqual([
      [
        { type: 2, style: 2, label: 'Summary', custom_id: 'a0:/papers summary paper:2605.00001' },
        { type: 2, style: 2, label: 'Similar', custom_id: 'a1:/papers similar paper:2605.00001' },
        { type: 2, style: 2, label: 'Save', custom_id: 'a2:/papers save paper:2605.00001' },
        {
          type: 2,
          style: 2,
          label: 'More like this',
          custom_id: 'a3:/papers taste do:more about:2605.00001',
        },
        {
          type: 2,
          style: 2,
          label: 'Less like this',
          custom_id: 'a4:/papers taste do:less about:2605.00001',
        },
      ],
      [
        { type: 2, style: 5, label: 'PDF', url: 'https://arxiv.org/pdf/2605.00001' },
        { type: 2, style: 5, label: 'Code', url: 'https://github.com/example/token-route' },
        { type: 2, style: 5, label: 'Hugging Face', url: 'https://huggingface.co/papers/2605.00001' },
      ],
    ]);
  });

  it('of a list', async () => {
    const { say } = await openWithPapers();
    const { embeds, components } = renderCard((await say('/papers trending limit:2')).card);
    expect(embeds).toEqual([
      {
        color: 0x4a6fa5,
        title: 'Trending papers · Thursday 28 May 2026',
        description: [
          '**1** [Mixture of Experts for robots, Part 1](https://arxiv.org/abs/2605.10001) · ▲ 70',
          'We introduce expert number 1, a mixture of experts that is trained for robots alone.',
          '',
          '**2** [Mixture of Experts for proteins, Part 2](https://arxiv.org/abs/2605.10002) · ▲ 60',
          'We introduce expert number 2, a mixture of experts that is trained for proteins alone.',
        ].join('\n'),
        footer: { text: 'Page 1/4 · 7 papers on the list · sentences extracted' },
      },
    ]);
    expect(components.map((row) => row.components)).toEqual([
      [
        {
          type: 3,
          custom_id: 'open',
          placeholder: 'Open a paper…',
          options: [
            { label: '1. Mixture of Experts for robots, Part 1', value: 'a0:/papers show paper:2605.10001' },
            {
              label: '2. Mixture of Experts for proteins, Part 2',
              value: 'a1:/papers show paper:2605.10002',
            },
          ],
        },
      ],
      [
        {
          type: 2,
          style: 2,
          label: 'Next ›',
          custom_id: 'r0:/papers trending limit:2 page:2 date:2026-05-28',
        },
      ],
    ]);
  });

  it('of a first save', async () => {
    const { say } = await openWithPapers();
    const { embeds, components } = renderCard((await say('/papers save 2605.00001')).card);
    expect(embeds).toEqual([
      {
        color: 0x3ba55d,
        author: { name: 'Saved to your list' },
        title: 'Routing Tokens to Mixtures of Experts',
        url: 'https://arxiv.org/abs/2605.00001',
        description: [
          '-# 2026 · cs.LG · ▲ 128',
          '',
          'This is your first saved paper. Only you can see your list; `/papers saved scope:team` shows the papers that your team saved, without names.',
        ].join('\n'),
        footer: { text: 'Your list: /papers saved' },
      },
    ]);
    expect(
      components.map((row) => row.components.map((button) => 'label' in button && button.label)),
    ).toEqual([['Similar', 'Unsave']]);
  });

  it('of help', async () => {
    const { say } = await openWithPapers();
    expect(renderCard((await say('/papers help random')).card).embeds).toEqual([
      {
        color: 0x4a6fa5,
        title: '/papers random',
        description: [
          'Show a random paper.',
          '`/papers random [category] [since:day] [min_votes:number]`',
          '',
          '**category** · Only papers in this arXiv category, such as cs.LG',
          '**since** · Published on this day or later: 2026-05-29, 2026-05, yesterday, last friday or 30d',
          '**min\\_votes** · Minimum number of Hugging Face votes',
          '',
          '`/papers random`',
          '`/papers random cs.RO min_votes:20`',
        ].join('\n'),
      },
    ]);
    const overview = embedOf((await say('/papers help')).card).description ?? '';
    expect(overview.split('\n').filter(Boolean).slice(0, 2)).toEqual([
      '**Find papers** · /papers search, recommend, taste, trending, similar, random',
      '**Read a paper** · /papers show, summary, ask, compare',
    ]);
  });

  it('of a problem', async () => {
    const { say } = await openWithPapers();
    const { embeds, components } = renderCard((await say('/papers search difusion modles')).card);
    expect(embeds).toEqual([
      {
        color: 0xe8a33d,
        description: 'No paper matches “difusion modles”. Did you mean **difusion models**? (8)',
      },
    ]);
    expect(components.map((row) => row.components)).toEqual([
      [
        {
          type: 2,
          style: 1,
          label: 'difusion models',
          custom_id: 'r0:/papers search query:"difusion models"',
        },
      ],
    ]);
  });

  it('of papers to choose from', async () => {
    const { say } = await openWithPapers();
    const { embeds, components } = renderCard((await say('/papers save mixture of experts')).card);
    expect(embeds[0]?.description?.split('\n').slice(0, 3)).toEqual([
      '“mixture of experts” matches several papers, so nothing has changed. Which one?',
      '',
      '**1** [Mixture of Experts for code, Part 6](https://arxiv.org/abs/2605.10006) · 2026 · cs.LG · ▲ 20',
    ]);
    expect(
      components.map((row) => row.components.map((button) => 'label' in button && button.label)),
    ).toEqual([['Save 1', 'Save 2', 'Save 3', 'Save 4'], [false]]);
  });

  it('is within every limit and says every word, whichever example made it', async () => {
    const { say } = await openWithPapers();
    const lines = [
      ...catalogue.flatMap(({ examples, name }) => [...examples, `/papers help ${name}`]),
      ...['/papers save 2605.00001', '/papers save 2605.10002', '/papers saved', '/papers saved experts'],
      ...['/papers saved scope:team', '/papers search experts limit:10', '/papers similar robots limit:10'],
      ...['/papers summary mixture of experts', '/papers trending page:2', '/papers trending astrology'],
      ...['/papers search', '/papers nonsense', '/papers search experts page:99', '/papers unsave experts'],
    ];
    for (const line of lines) {
      const { card: said } = await say(line);
      const rendered = renderCard(said);
      expect(breaches(rendered), line).toEqual([]);
      const seen = wordsOf(rendered.embeds[0] ?? {});
      for (const words of wordsSaid(said)) expect(seen, line).toContain(words);
    }
  });
});

/** All that is read on an embed, on one line. */
function wordsOf({ author, title, description, fields: rows = [], footer }: APIEmbed): string {
  const texts = [title ?? '', description ?? '', ...rows.flatMap(({ name, value }) => [name, value])];
  const read = texts.map((source) => summary(readMarkdown(source)).text);
  return [author?.name, ...read, footer?.text].join(' ').replace(/\s+/g, ' ');
}

/** The lines of a card as plain text, without addresses, which are links here. */
function wordsSaid(said: Card): string[] {
  return toPlainText({ ...said, actions: [] })
    .split('\n')
    .filter((line) => !line.startsWith('https://'))
    .flatMap((line) => line.replace(/^(\d+)\. /, '$1 ').split(/: (?=\S)/))
    .map((line) => line.trim());
}

describe('renderCard', () => {
  it('gives every text what Discord takes, and shortens what is one over', () => {
    const x = (count: number) => 'x'.repeat(count);
    const shortened = (count: number) => `${x(count - 1)}…`;
    expect(embedOf({ ...card(), title: x(256) }).title).toBe(x(256));
    expect(embedOf({ ...card(), title: x(257) }).title).toBe(shortened(256));
    expect(embedOf({ ...card(entry()), title: x(256) }).author?.name).toBe(x(256));
    expect(embedOf({ ...card(entry()), title: x(257) }).author?.name).toBe(shortened(256));
    expect(embedOf(card(entry({ title: x(257) }))).title).toBe(shortened(256));
    expect(embedOf(card(text(x(4096)))).description).toBe(x(4096));
    expect(embedOf(card(text(x(4097)))).description).toBe(shortened(4096));
    expect(embedOf(card(fields(1, x(256), x(1024)))).fields).toEqual([
      { name: x(256), value: x(1024), inline: false },
    ]);
    expect(embedOf(card(fields(1, x(257), x(1025)))).fields).toEqual([
      { name: shortened(256), value: shortened(1024), inline: false },
    ]);
    expect(embedOf({ ...card(text('a')), footer: [x(2008)] }).footer?.text).toBe(x(2008));
    expect(embedOf({ ...card(text('a')), footer: [x(2009)] }).footer?.text).toBe(shortened(2008));
  });

  it('has 25 fields, and lines for more', () => {
    expect(embedOf(card(fields(25))).fields).toHaveLength(25);
    const more = embedOf(card(fields(26)));
    expect(more.fields).toBeUndefined();
    expect(more.description?.split('\n')).toEqual(Array.from({ length: 26 }, () => '**name** · value'));
  });

  it('leaves out the fields beyond 6,000 characters, and says so', () => {
    const embed = embedOf(card(text('x'.repeat(4000)), fields(3, 'n'.repeat(100), 'v'.repeat(900))));
    expect(embed.fields).toHaveLength(1);
    expect(embed.footer?.text).toBe('2 more did not fit');
  });

  it('addresses nothing but the web, within 2,048 characters', () => {
    const image = (url: string): Block => ({ kind: 'image', url, alt: 'A plot' });
    const long = `https://x.org/${'é'.repeat(1900)}`;
    for (const url of ['javascript:alert(1)', 'x', long]) {
      const embed = embedOf({ ...card(text('a'), image(url), entry({ url })), title: 'T', url });
      expect(embed).not.toHaveProperty('url');
      expect(embed).not.toHaveProperty('image');
      expect(summary(readMarkdown(embed.description ?? '')).links).toEqual([]);
      expect(embed.description).toContain('A plot');
    }
  });

  it('shows a picture with its words, and links to a second one', () => {
    const embed = embedOf(
      card(
        entry({ image: { url: 'https://x.org/t.png', alt: 'Figure 1' } }),
        { kind: 'image', url: 'https://x.org/i.png', alt: 'A plot' },
        { kind: 'image', url: 'https://x.org/j.png', alt: 'Another plot' },
      ),
    );
    expect(embed.thumbnail).toEqual({ url: 'https://x.org/t.png', description: 'Figure 1' });
    expect(embed.image).toEqual({ url: 'https://x.org/i.png', description: 'A plot' });
    expect(embed.description).toMatch(/\[Another plot\]\(https:\/\/x\.org\/j\.png\)$/);
  });

  it('keeps fields in their place when something follows them', () => {
    const embed = embedOf(card(text('before'), fields(1), text('after')));
    expect(embed.description).toBe('before\n\n**name** · value\n\nafter');
    expect(embedOf(card(text('before'), fields(1))).fields).toEqual([
      { name: 'name', value: 'value', inline: true },
    ]);
  });

  it('keeps a notice among the facts at full size', () => {
    const embed = embedOf(
      card(entry({ meta: [['2024'], [{ kind: 'bold', text: 'Withdrawn 3 May 2026' }]] })),
    );
    expect(embed.description).toMatch(/^-# 2024\n\*\*Withdrawn 3 May 2026\*\*\n/);
  });

  it('gives long titles their length while there is room', () => {
    const title = 'A long title '.repeat(40).trim();
    const entries = [1, 2, 3, 4, 5].map((number) => entry({ number, title }));
    const { description = '' } = embedOf(card(...entries));
    expect(description.split(title)).toHaveLength(6);
  });

  it('shortens sentences before titles, and leaves out the last entries with their buttons', () => {
    const many = (count: number, title: string, body: string) =>
      Array.from({ length: count }, (_, at) =>
        entry({
          number: at + 1,
          title,
          body: [[body]],
          actions: [{ kind: 'run', label: 'Save', line: `/papers save ${at}`, effect: 'answer' }],
        }),
      );
    const sentences = embedOf(card(...many(10, 'A title', 'word '.repeat(200))));
    expect(sentences.description?.split('[A title]')).toHaveLength(11);
    expect(sentences.description).toMatch(/word…$/);
    expect(sentences.footer).toBeUndefined();

    const { embeds, components } = renderCard(card(...many(10_000, 'A title that is long enough', 'word')));
    const shown = embeds[0]?.description?.split('\n\n').length ?? 0;
    expect(shown).toBeGreaterThan(30);
    expect(embeds[0]?.footer?.text).toBe(`${(10_000 - shown).toLocaleString('en-GB')} more did not fit`);
    expect(components.flatMap((row) => row.components)).toHaveLength(25);

    const three = renderCard(
      card(
        ...many(3, 'x'.repeat(90), '').map((each) => ({
          ...each,
          meta: Array.from({ length: 30 }, () => ['y'.repeat(100)]),
        })),
      ),
    );
    expect(three.components.flatMap((row) => row.components)).toHaveLength(2);
  });

  it('is never empty', () => {
    for (const empty of [
      card(),
      card(text('')),
      card(text(' \u200B\n ')),
      card(entry({ title: '\u202E', meta: [], body: [] })),
      card(fields(0), { kind: 'divider' }),
      { ...card(), title: ' ', footer: ['\uFEFF'] },
    ]) {
      expect(embedOf(empty).description).toBe('Paperboy');
    }
    expect(embedOf(card(fields(1, '', ''))).fields).toEqual([{ name: '–', value: '–', inline: true }]);
  });

  it('renders enormous cards at once', () => {
    const huge = '*<@1> 👩‍👩‍👧‍👦 '.repeat(70_000);
    const rich: RichText = [
      huge,
      { kind: 'bold', text: huge },
      { kind: 'link', text: huge, url: 'https://x.org' },
    ];
    const entries = Array.from({ length: 10_000 }, (_, at) =>
      entry({
        ...(at > 0 && { number: at }),
        title: huge,
        meta: [rich, rich],
        body: [rich, rich],
        actions: Array.from({ length: 100 }, () => ({
          kind: 'run',
          label: huge,
          line: huge,
          effect: 'answer',
        })),
      }),
    );
    const enormous: Card = {
      ...card(...entries.slice(0, 100), text(...rich), fields(30, huge, huge), ...entries),
      title: huge,
      footer: rich,
      actions: Array.from({ length: 100 }, () => ({
        kind: 'run',
        label: huge,
        line: huge,
        effect: 'replace',
      })),
    };
    const took = leastCpuTime(4_000, () => renderCard(enormous));
    expect(took).toBeLessThan(4_000);
    const rendered = renderCard(enormous);
    expect(breaches(rendered)).toEqual([]);
    expect(visible(rendered.embeds[0]?.footer?.text ?? '')).toMatch(/ · 10,\d{3} more did not fit$/);
  });
});
