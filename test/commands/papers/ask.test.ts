import { describe, expect, it } from 'vitest';
import { menuChoices } from '../../../src/chat/open-menu.ts';
import { openModelServer } from '../../fakes/llm/model-server.ts';
import { PROMPTS, ROUTING } from '../../support/papers.ts';
import { openHarness } from '../harness.ts';

const BIRDS = {
  id: '2605.00003',
  title: 'Songs of Birds',
  abstract: 'This paper describes how birds sing. Recordings of finches were made in three forests.',
};
const SHELF = [ROUTING, PROMPTS, BIRDS];

describe('/papers ask', () => {
  it('ask about one paper quotes the matching sentences and says how they were found', async () => {
    const { say } = await openHarness(SHELF);
    const { text, card } = await say('/papers ask which corpora do they evaluate on? paper:2605.00001');
    const [asked, title, , quote] = text.split('\n');
    expect(asked).toBe('“which corpora do they evaluate on?”');
    expect(title).toBe(ROUTING.title);
    expect(quote).toBe('“We evaluate on the C4 and WikiText corpora.”');
    expect(text).toMatch(/best-matching sentences, extracted$/);
    expect(card.blocks[0]).toMatchObject({ kind: 'entry', paper: ROUTING.id });
    expect((await say('/papers ask how much faster is it? paper:2605.00001')).text).toContain('2.5× faster');
  });

  it('each paper that ask or compare lists can be opened from the menu under the list', async () => {
    const { say } = await openHarness(SHELF);
    for (const line of [
      '/papers ask which corpora do they evaluate on?',
      '/papers compare 2605.00001, 2605.00002',
    ]) {
      const { card } = await say(line);
      const papers = card.blocks.flatMap((block) => (block.kind === 'entry' ? [block] : []));
      expect(papers.length, line).toBeGreaterThan(0);
      expect(menuChoices(papers), line).toHaveLength(papers.length);
    }
  });

  it('ask shows the whole question above its answer, also above one that says nothing', async () => {
    const { say } = await openHarness(SHELF);
    const long = `what is the ${'very '.repeat(20)}first telescope?`;
    for (const line of [`${long} paper:2605.00003`, long, 'which corpora? paper:2605.00001']) {
      const question = line.replace(/ paper:.*$/, '');
      expect((await say(`/papers ask ${line}`)).text.split('\n')[0], line).toBe(`“${question}”`);
    }
  });

  it('ask with a general question quotes what the paper did', async () => {
    const { say } = await openHarness(SHELF);
    expect((await say('/papers ask what is it about? paper:2605.00002')).text).toContain(
      '“We introduce soft prompts that leave the weights alone.”',
    );
  });

  it('ask about all papers names the papers that it quotes', async () => {
    const { say } = await openHarness(SHELF);
    const { text, card } = await say('/papers ask where were the finches recorded?');
    expect(text).toContain('1. Songs of Birds');
    expect(text).toContain('“Recordings of finches were made in three forests.”');
    expect(card.title).toBe('“where were the finches recorded?”');
  });

  it('ask says that the abstracts have no answer', async () => {
    const { say } = await openHarness(SHELF);
    expect((await say('/papers ask which telescope was used? paper:2605.00003')).text).toContain(
      'The abstract does not say, at least not in these words.',
    );
    expect((await say('/papers ask which telescope sees quasars?')).text).toContain(
      'No abstract here answers this.',
    );
  });

  it('ask uses a configured language model and shows the sentences behind its answer', async () => {
    const server = await openModelServer(() =>
      JSON.stringify({
        points: [
          {
            text: 'They used the corpora C4 and WikiText.',
            quote: 'We evaluate on the C4 and WikiText corpora.',
          },
          { text: 'They also used a secret one of 900 books.', quote: 'We evaluate on the C4 corpora.' },
        ],
      }),
    );
    const { say } = await openHarness(SHELF, { modelUrl: server.baseUrl });
    const { text } = await say('/papers ask which data? paper:2605.00001');
    expect(text).toContain('They used the corpora C4 and WikiText.');
    expect(text).toContain('“We evaluate on the C4 and WikiText corpora.”');
    expect(text).not.toContain('secret');
    expect(text).toMatch(/answered by stub, with quotes from the abstracts$/);
  });

  it('ask says that the language model found no answer', async () => {
    const server = await openModelServer(() => '{"points": []}');
    const { say } = await openHarness(SHELF, { modelUrl: server.baseUrl });
    const { text } = await say('/papers ask which data? paper:2605.00001');
    expect(text).toContain('The abstract does not say.');
    expect(text).toMatch(/answered by stub/);
  });

  it('ask falls back to the best sentences if the model fails, and says so', async () => {
    const server = await openModelServer(() => 'I would rather not.');
    const { say } = await openHarness(SHELF, { modelUrl: server.baseUrl });
    const { text } = await say('/papers ask which corpora? paper:2605.00001');
    expect(text).toContain('“We evaluate on the C4 and WikiText corpora.”');
    expect(text).toMatch(/extracted, because the language model’s reply was not usable$/);
  });
});

describe('/papers compare', () => {
  it('compare lists problem, approach, data and result of each paper', async () => {
    const { say } = await openHarness(SHELF);
    const { text } = await say('/papers compare 2605.00001, 2605.00002');
    const lines = text.split('\n');
    expect(lines[0]).toBe('Comparison of 2 papers');
    const under = (label: string) => lines.slice(lines.indexOf(label) + 1).slice(0, 2);
    expect(lines).toContain('1. Routing Tokens to Mixtures of Experts');
    expect(under('Problem')).toEqual([
      '1 Mixtures of experts are large but difficult to train.',
      '2 Small models suffer when all of their weights are tuned.',
    ]);
    expect(under('Approach')[1]).toBe('2 We introduce soft prompts that leave the weights alone.');
    expect(under('Data')).toEqual([
      '1 We evaluate on the C4 and WikiText corpora.',
      '2 They are trained on 12 datasets of questions.',
    ]);
    expect(under('Result')[0]).toBe('1 Results show that it trains 2.5× faster than the baseline.');
  });

  it('compare uses a configured language model, and says so', async () => {
    const server = await openModelServer(({ material }) => {
      const quote = material.includes(ROUTING.title)
        ? 'We propose a router that learns which tokens each expert reads.'
        : 'We introduce soft prompts that leave the weights alone.';
      return JSON.stringify({
        points: [{ aspect: 'approach', text: 'It is learned in a way of its own.', quote }],
      });
    });
    const { say } = await openHarness(SHELF, { modelUrl: server.baseUrl });
    const { text } = await say('/papers compare 2605.00001, 2605.00002');
    expect(text).toContain('Approach\n1 It is learned in a way of its own.\n2 It is learned');
    expect(text).toMatch(/written by stub, each based on a sentence of the abstract$/);
  });

  it('compare says that an aspect is not in the abstract', async () => {
    const { say } = await openHarness(SHELF);
    expect((await say('/papers compare 2605.00001 2605.00003')).text).toContain(
      '2 not found in the abstract',
    );
  });

  it.each([
    ['2605.00001', /^Name two to four papers/],
    ['a, b, c, d, e', /^Name two to four papers/],
    ['2605.00001, routing tokens to mixtures of experts', /^These are all the same paper: “Routing Tokens/],
  ])('compare refuses %s with a sentence', async (papers, words) => {
    const { say } = await openHarness(SHELF);
    expect((await say(`/papers compare ${papers}`)).text).toMatch(words);
  });
});

describe('/papers summary', () => {
  it('summary has levels, shows its evidence, and says how it was made', async () => {
    const server = await openModelServer(({ instructions }) =>
      JSON.stringify({
        points: [
          {
            text: instructions.includes('another field')
              ? 'A part of the model learns who shall do which work.'
              : 'A router learns which expert is to read a token.',
            quote: 'We propose a router that learns which tokens each expert reads.',
          },
        ],
      }),
    );
    const { say } = await openHarness(SHELF, { modelUrl: server.baseUrl });
    const { text } = await say('/papers summary 2605.00001 level:newcomers');
    expect(text).toContain('A part of the model learns who shall do which work.');
    expect(text).toContain('“We propose a router that learns which tokens each expert reads.”');
    expect(text).toContain('Written by stub from the abstract');
    expect((await say('/papers summary 2605.00001 level:line')).text).toContain('A router learns');
  });

  it('summary without a model says that it is extracted', async () => {
    const { say } = await openHarness(SHELF);
    expect((await say('/papers summary 2605.00001 level:newcomers')).text).toContain(
      'Extracted from the abstract, because summaries for newcomers need a language model, and none is set up',
    );
  });
});
