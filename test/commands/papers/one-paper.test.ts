import { describe, expect, it } from 'vitest';
import type { LookupMiss, PaperLookup } from '../../../src/sources/lookup.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { GRACE, openHarness } from '../harness.ts';

const DAY = '2026-05-28';
const coined = samplePaper({ id: '2605.00002', title: 'RouteBench: A Benchmark of Routers' });
const scope = [samplePaper(), coined, ...listedPapers(DAY, 4)];

/** Sources that miss every paper. */
const missing = (miss: LookupMiss): PaperLookup => ({
  find: async () => miss,
  findMany: async () => ({ added: 0, miss }),
});

describe('a paper', () => {
  it.each([
    '2605.00001v3',
    'https://arxiv.org/pdf/2605.00001.pdf',
    'Routing tokens to mixtures of experts',
    '"Routing Tokens to Mixtures of Experts"',
    'arXiv:2605.00001v1 [cs.LG] 28 May 2026',
    'arXiv preprint arXiv:2605.00001, 2026',
    'arXiv：2605.00001',
    '[this paper](https://arxiv.org/abs/2605.00001)',
    '<https://arxiv.org/abs/2605.00001|this paper>',
    'oai:arXiv.org:2605.00001',
    'see https://arxiv.org/abs/2605.00001',
    '`2605.00001`',
    '(2605.00001).',
  ])('one paper is shown when %s identifies it', async (paper) => {
    const { say } = await openHarness(scope);
    const { card, text } = await say(`/papers show ${paper}`);
    expect(card.blocks).toHaveLength(1);
    expect(text).toMatch(/^Routing Tokens to Mixtures of Experts\n/);
  });

  it('a version after a space belongs to the id', async () => {
    const { say } = await openHarness([samplePaper({ version: 3 })]);
    const { card, text } = await say('/papers show 2605.00001 v1');
    expect(card.blocks).toHaveLength(1);
    expect(text).toContain('You asked for v1; this is v3.');
  });

  it.each([
    'https://notarxiv.org/abs/2605.00001',
    'https://example.org/experts',
    'www.example.org/routing/tokens',
    'notarxiv.org/abs/2605.00001',
  ])('the address of something else is not read as words: %s', async (address) => {
    const { say } = await openHarness(scope);
    expect((await say(`/papers show ${address}`)).text).toMatch(
      /^No paper matches “.*”. Try words from its title/,
    );
  });

  it('words in the address of a page about a paper are words from its title', async () => {
    const { say } = await openHarness(scope);
    const address = 'https://example.org/paper/routing-tokens-to-mixtures-of-experts.html';
    expect((await say(`/papers show ${address}`)).text).toMatch(/^Routing Tokens to Mixtures of Experts\n/);
  });

  it.each([
    'https://paperswithcode.com/paper/routing-tokens-to-mixtures-of-experts',
    'paperswithcode.com/paper/routing-tokens-to-mixtures',
    'https://www.semanticscholar.org/paper/Routing-Tokens-to-Mixtures-of-Experts/649def34f8be52c8b66281af98ae884c09aef38b?utm=1',
    'https://doi.org/10.1145/3292500.3330701',
    'https://dl.acm.org/doi/abs/10.1145/3292500.3330701',
    'doi:10.1145/3292500.3330701',
    '10.1145/3292500.3330701.',
  ])('the page of a paper on another site names it, for show and as words: %s', async (address) => {
    const { say } = await openHarness([
      samplePaper({ doi: '10.1145/3292500.3330701' }),
      ...listedPapers(DAY, 7),
    ]);
    for (const command of ['show', 'search']) {
      const { card, text } = await say(`/papers ${command} ${address}`);
      expect(text).toMatch(/^Routing Tokens to Mixtures of Experts\n/);
      expect(card.blocks.filter(({ kind }) => kind === 'entry')).toHaveLength(1);
    }
  });

  it.each([
    'https://openreview.net/forum?id=rJl-b3RcF7',
    'openreview.net/pdf?id=rJl-b3RcF7',
    'https://doi.org/10.9999/nothing.here',
    'https://www.nature.com/articles/s41586-021-03819-2',
  ])('the page of a paper that its address does not name says what to do: %s', async (address) => {
    const { say } = await openHarness(scope);
    for (const command of ['show', 'search']) {
      expect((await say(`/papers ${command} ${address}`)).text).toMatch(
        /^Links to \S+ do not say which paper they are about\. Try words from its title, or its arXiv ID\./,
      );
    }
  });

  it('the address of a title that is not stored is searched by its words', async () => {
    const { say } = await openHarness(scope);
    const address = 'https://paperswithcode.com/paper/experts-for-speech-in-the-wild';
    expect((await say(`/papers search ${address}`)).text).toMatch(/for “experts for speech in the wild”/);
  });

  it.each(['show this', 'save that one', 'similar it', 'summary the paper'])(
    '“%s” asks which paper in place of guessing',
    async (line) => {
      const { say } = await openHarness(scope);
      expect((await say(`/papers ${line}`)).text).toMatch(/^Which paper\?/);
    },
  );

  it('show has the abstract with its summarising sentence in bold, each sentence once, and the comment', async () => {
    const record = samplePaper({ comment: '9 pages, 3 figures' });
    const { say } = await openHarness([record]);
    const { card, text } = await say('/papers show 2605.00001');
    expect(text.split('\n').slice(-2)).toEqual([record.abstract, '9 pages, 3 figures']);
    const sentence = 'We propose TokenRoute, a router that learns which experts a token needs.';
    expect(text.split(sentence)).toHaveLength(2);
    expect(JSON.stringify(card.blocks)).toContain(JSON.stringify({ kind: 'bold', text: sentence }));
  });

  it('a paper is found by its coined name', async () => {
    const { say } = await openHarness(scope);
    const { card, text } = await say('/papers show routebench');
    expect(text).toMatch(/^RouteBench: A Benchmark of Routers\n/);
    expect(card.blocks).toHaveLength(1);
  });

  it('a paper guessed from words comes with buttons for the other matches', async () => {
    const { say } = await openHarness(scope);
    const said = await say('/papers show experts for speech');
    expect(said.text).toMatch(/^Mixture of Experts for speech, Part 3\n/);
    expect(said.text).toMatch(/\nNot this one\? Other matches:\n1\. .+\n/);
    const entries = said.card.blocks.filter((block) => block.kind === 'entry');
    expect(entries.map(({ number }) => number)).toEqual([undefined, 1, 2, 3]);
    expect((await said.press('Show')).text).toContain(entries[1]?.title);
  });

  it('a paper without links has no empty row of buttons', async () => {
    const { papers, say } = await openHarness();
    await papers.importBatch([{ title: 'A Title Alone', abstract: '' }], {
      source: 'papers-page',
      at: `${DAY}T00:00:00Z`,
    });
    const { card, text } = await say('/papers show a title alone');
    expect(text).toBe('A Title Alone');
    const [entry] = card.blocks;
    expect(entry?.kind === 'entry' && entry.actions.map(({ label }) => label)).toEqual([
      'Summary',
      'Similar',
      'Save',
      'More like this',
      'Less like this',
    ]);
    expect((await say('/papers summary a title alone')).text).toContain(
      'This paper has no abstract to summarise',
    );
  });

  it('a paper in another version than requested says so, and links to that version', async () => {
    const { say } = await openHarness([samplePaper({ version: 3 }), coined]);
    const remark = 'You asked for v1; this is v3. v1 on arXiv';
    for (const line of [
      '/papers show 2605.00001v1',
      '/papers summary https://arxiv.org/abs/2605.00001v1',
      '/papers search arXiv:2605.00001v1 [cs.LG] 28 May 2026',
      '/papers save 2605.00001v1',
      '/papers ask what does it propose? paper:2605.00001v1',
      '/papers compare 2605.00001v1, 2605.00002',
    ]) {
      const { text } = await say(line);
      expect(text, line).toContain(remark);
    }
    expect((await say('/papers show 2605.00001v3')).text).not.toContain('You asked for');
    expect((await say('/papers show 2605.00001')).text).not.toContain('You asked for');
  });

  it('a paper that is not stored is fetched by its id', async () => {
    const harness = await openHarness(scope, {
      lookup: {
        async find(id) {
          await harness.papers.importBatch([samplePaper({ id, title: 'Fetched' })], {
            source: 'arxiv',
            at: `${DAY}T00:00:00Z`,
          });
          return (await harness.papers.find(id)) ?? 'unknown';
        },
        findMany: async () => ({ added: 0, miss: 'unknown' }),
      },
    });
    expect((await harness.say('/papers summary 2605.12345')).text).toMatch(/^Fetched\n/);
    expect((await harness.say('/papers search https://arxiv.org/abs/2605.23456')).text).toMatch(/^Fetched\n/);
  });

  it.each([
    [
      'unknown',
      'No paper has the ID 2605.99999. Check the digits, or search for words from its title: /papers search',
    ],
    [
      'unreachable',
      '2605.99999 is not loaded yet, and its source does not respond. Try again in a few minutes.',
    ],
    [
      'not-asked',
      '2605.99999 is not loaded, and no source is set up to fetch it. You can search for words from its title: /papers search',
    ],
  ] as const)('a paper that no source returns (%s) has its own sentence', async (miss, sentence) => {
    const { say } = await openHarness(scope, { lookup: missing(miss) });
    const said = await say('/papers show 2605.99999');
    expect(said.text.split('\n')[0]).toBe(sentence);
    expect(said.ok).toBe(false);
  });

  it('an invalid arXiv id is explained', async () => {
    const { say } = await openHarness(scope);
    expect((await say('/papers summary 2613.00001')).text).toBe(
      '2613.00001 is not an arXiv ID: months go from 01 to 12. IDs look like 2406.01574.',
    );
  });
});

describe('a paper named with its site', () => {
  it.each(['arXiv 2605.00001', '2605.00001 on arXiv', 'arXiv ID 2605.00001'])(
    '“%s” is one paper, not two',
    async (named) => {
      const { say } = await openHarness(scope);
      const { text } = await say(`/papers show ${named}`);
      expect(text.split('\n')[0]).toBe('Routing Tokens to Mixtures of Experts');
      expect(text).not.toContain('No paper');
    },
  );
});

describe('a summary', () => {
  it('a summary has a sentence and labelled points, and says how it was made', async () => {
    const { say } = await openHarness(scope);
    const { text } = await say('/papers summary 2605.00001');
    const [sentence, ...rest] = text.split('\n').slice(4);
    expect(sentence).toBe('We propose TokenRoute, a router that learns which experts a token needs.');
    expect(rest.pop()).toBe('Extracted from the abstract and shortened');
    expect(rest.map((line) => line.split(': ')[0])).toEqual(['Problem', 'Result']);
    // A shortened sentence begins with a capital letter that the abstract may not have.
    for (const line of rest) expect(samplePaper().abstract).toContain(line.split(': ')[1]?.slice(1));
  });
});

describe('similar papers', () => {
  it('similar papers exclude the paper itself, also on later pages', async () => {
    const { say } = await openHarness(listedPapers(DAY, 4));
    const first = await say('/papers similar 2605.10001 limit:2');
    expect(first.card.title).toBe('Papers similar to “Mixture of Experts for robots, Part 1”');
    expect(first.text).toContain('Page 1/2');
    const second = await first.press('Next ›');
    expect(second.card.title).toBe(first.card.title);
    expect(`${first.text}${second.text}`).not.toMatch(/\d\. Mixture of Experts for robots, Part 1/);
  });

  it('similar papers for a guessed paper name it and link to other matches', async () => {
    const { say } = await openHarness(listedPapers(DAY, 4));
    const said = await say('/papers similar experts for speech');
    expect(said.card.title).toBe('Papers similar to “Mixture of Experts for speech, Part 3”');
    expect((await said.press('Other matches')).card.title).toBe('4 papers for “experts for speech”');
  });

  it('papers similar to several are one list, narrowed by date, author or category, also on later pages', async () => {
    const others = listedPapers(DAY, 4);
    const late = samplePaper({
      id: '2606.00001',
      title: 'Mixture of Experts for late papers',
      published: '2026-05-20',
      authors: ['Geoffrey Hinton'],
    });
    const { say } = await openHarness([...others, late]);
    const both = await say('/papers similar 2605.10001 and 2605.10002 limit:1');
    expect(both.card.title).toMatch(
      /^Papers similar to “Mixture of Experts for robots, Part 1” and “.+, Part 2”$/,
    );
    expect(both.text).toContain('Page 1/3');
    const next = await both.press('Next ›');
    expect(next.card.title).toBe(both.card.title);
    expect(`${both.text}${next.text}`).not.toMatch(/\d\. .*Part [12]/);
    const narrow = await say('/papers similar 2605.10001, 2605.10002, 2605.10003 since may by Hinton');
    expect(narrow.card.title).toMatch(/Part 1” and 2 others by Hinton, since May 2026$/);
    expect(narrow.text).toContain('1. Mixture of Experts for late papers');
    expect(narrow.text).not.toContain('2. ');
    const none = await say('/papers similar 2605.10001 category:math.AG');
    expect(none.text).toMatch(
      /^No papers similar to “.+” in math\.AG are loaded yet\. Try a wider filter\.$/,
    );
    const swapped = await say('/papers similar 2605.10001 since:2026-02 until:2026-01');
    expect(swapped.text).toMatch(/since .+ is after until/);
  });

  it('similar papers are found by numbers of the last list, ids and options together', async () => {
    const { request } = await openHarness(listedPapers(DAY, 4));
    const ask = (said: string) => request({ caller: GRACE, said });
    const titleOf = async (said: string) => {
      await ask('/papers trending');
      return (await ask(said)).card.title;
    };
    const [first = '', second = '', third = ''] = (await ask('/papers trending')).card.blocks.flatMap(
      (block) => (block.kind === 'entry' ? [block.title] : []),
    );
    expect(await titleOf('similar 1 3')).toBe(`Papers similar to “${first}” and “${third}”`);
    expect(await titleOf('papers like the first and third ones since may')).toBe(
      `Papers similar to “${first}” and “${third}” since May 2026`,
    );
    await ask('/papers trending');
    const by = await ask('papers like 2 and 2605.10003 since may by hinton');
    expect(by.text).toBe(
      `No papers similar to “${second}” and “${third}” by hinton, since May 2026 are loaded yet. Try a wider filter.`,
    );
    expect(await titleOf('similar 2')).toBe(`Papers similar to “${second}”`);
    expect(await titleOf('papers like 2 and neural rendering')).not.toMatch(
      /^Papers similar to “Mixture of Experts for .+” and/,
    );
  });

  it('similar papers of a title are read with its “by” and “since”', async () => {
    const title = 'Learning by Doing since May';
    const { say } = await openHarness([...listedPapers(DAY, 3), samplePaper({ id: '2605.00009', title })]);
    expect((await say(`/papers similar ${title}`)).card.title).toBe(`Papers similar to “${title}”`);
  });

  it('papers similar to a pasted abstract have its beginning in the heading', async () => {
    const { say } = await openHarness(listedPapers(DAY, 4));
    const abstract = 'We study a mixture of experts for robots, since routers are hard to train. '.repeat(6);
    const found = await say(`/papers similar ${abstract}`);
    expect(found.card.title).toMatch(/^Papers similar to “We study a mixture of experts .*…”$/);
    expect(found.text).toContain('Mixture of Experts for robots, Part 1');
  });

  it('the only paper has no similar papers', async () => {
    const { say } = await openHarness([samplePaper()]);
    expect((await say('/papers similar 2605.00001')).text).toBe(
      'No papers similar to “Routing Tokens to Mixtures of Experts” are loaded yet. Try /papers search',
    );
  });
});
