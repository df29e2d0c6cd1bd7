/**
 * Every statement that is shown is supported by a sentence of a paper. If there is none, the answer says so.
 */
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../src/chat/plain.ts';
import { honest, OWN, openFrame, reply, SAID, SHELF, type Written } from './harness.ts';

const [ROUTING, PROMPTS] = SHELF.map(({ id }) => id);
const ABOUT_ONE = { paper: ROUTING ?? '', question: 'which data did they use?' };
const OF_ALL = { question: 'which router learns what tokens experts read?' };
const BOTH = { papers: `${ROUTING}, ${PROMPTS}` };

const [, , DATA] = honest({ material: SHELF[0]?.title ?? '' });
const TRUE = DATA ?? expect.unreachable();

describe.each([
  ['summary', { paper: ROUTING ?? '' }],
  ['ask', ABOUT_ONE],
  ['ask', OF_ALL],
  ['compare', BOTH],
] as const)('/papers %s %j', (name, values) => {
  it.each([
    ['rests on a sentence that is not there', { quote: 'We train on the secret books of the library.' }],
    ['rests on the title', { quote: 'Routing Tokens to Mixtures of Experts' }],
    ['rests on too few words', { quote: 'the C4 and' }],
    ['rests on two halves of sentences', { quote: 'tokens each expert reads we evaluate on the C4' }],
    ['tells a figure that is nowhere', { text: 'They use 9 corpora of secret books.' }],
    ['leads elsewhere', { text: 'They use the books of secret.example/books.' }],
  ])('drops a statement that %s, and shows the others', async (_, changes) => {
    const untrue: Written = { ...TRUE, aspect: 'result', text: 'They use secret books.', ...changes };
    const { ask } = await openFrame({ writes: () => reply([TRUE, untrue]) });
    const { text } = await ask(name, values);
    expect(text).toContain(TRUE.text);
    expect(text).not.toContain('secret');
  });
});

describe('/papers ask', () => {
  it('quotes each sentence that supports the answer once, in full, in small print', async () => {
    const again = { ...TRUE, text: 'WikiText is among the data.' };
    const { ask } = await openFrame({ writes: () => reply([TRUE, again]) });
    const { card, text } = await ask('ask', ABOUT_ONE);
    const [entry] = card.blocks;
    expect(entry).toMatchObject({
      kind: 'entry',
      body: [[`${TRUE.text} ${again.text}`], [{ kind: 'dim', text: `“${TRUE.quote}”` }]],
    });
    expect(text).toMatch(/answered by stub, with quotes from the abstracts$/);
  });

  it('names the paper that supports each sentence of an answer from all papers', async () => {
    const both = SHELF.map(({ title }) => honest({ material: title })[1] ?? expect.unreachable());
    const { ask } = await openFrame({ writes: () => reply(both) });
    const { card } = await ask('ask', { question: 'how are experts and soft prompts learned?' });
    const [said, first, second] = card.blocks;
    expect(said).toEqual({
      kind: 'text',
      text: [both.map(({ text }, at) => `${text} (${at + 1})`).join(' ')],
    });
    expect([first, second]).toMatchObject([
      { number: 1, paper: ROUTING, body: [[{ text: `“${both[0]?.quote}”` }]] },
      { number: 2, paper: PROMPTS, body: [[{ text: `“${both[1]?.quote}”` }]] },
    ]);
  });

  it.each([
    ['without a model', undefined, /searched by words only$/],
    ['with a model that found nothing', 'stub', /answered by stub, with quotes from the abstracts$/],
  ])('says that the abstracts have no answer, %s', async (_, model, label) => {
    const { start } = await openFrame({ writes: () => reply([]) });
    const { ask } = start(model);
    const one = await ask('ask', { paper: ROUTING ?? '', question: 'which telescope sees quasars?' });
    expect(one.text).toContain('The abstract does not say');
    expect(one.text).toMatch(label);
    expect((await ask('ask', { question: 'quasars?' })).text).toContain('No abstract here answers this');
  });

  it('makes no call if there is nothing to read', async () => {
    const { ask, server } = await openFrame({
      records: [...SHELF, { id: '2605.00003', title: 'Nothing Written', abstract: '' }],
    });
    expect((await ask('ask', { paper: '2605.00003', question: 'what?' })).text).toContain('does not say');
    await ask('compare', { papers: '2605.00003, 2605.00001' });
    await ask('summary', { paper: '2605.00003' });
    expect(server.requests).toHaveLength(1);
  });

  it('quotes the matching sentences without a model, and labels them', async () => {
    const { ask } = (await openFrame()).start(undefined);
    const { text } = await ask('ask', ABOUT_ONE);
    expect(text).toContain(`“${OWN[2]}”`);
    expect(text).toMatch(/best-matching sentences, extracted$/);
  });
});

describe('/papers compare', () => {
  it('shows a model’s text for each aspect of each paper, and labels it', async () => {
    const { ask } = await openFrame();
    const lines = (await ask('compare', BOTH)).text.split('\n');
    const under = (label: string) => lines.slice(lines.indexOf(label) + 1).slice(0, 2);
    expect(under('Problem')[0]).toBe(`1 ${SAID[0]}`);
    expect(under('Approach')[1]).toBe('2 Soft prompts are learned while the weights stay as they are.');
    expect(under('Data')[0]).toBe(`1 ${SAID[2]}`);
    expect(under('Result')).toEqual([`1 ${SAID[3]}`, '2 They are better than full tuning by 4%.']);
    expect(lines.at(-1)).toBe('written by stub, each based on a sentence of the abstract');
  });

  it('shows which aspects an abstract leaves out, keeps the first statement on an aspect, and omits aspects that no paper has', async () => {
    const { ask } = await openFrame({
      writes: ({ material }) => {
        const [, approach = TRUE, data = TRUE] = honest({ material });
        const markSeen = material.includes('Routing');
        return reply(markSeen ? [approach, data, { ...data, text: 'And again on C4.' }] : [approach]);
      },
    });
    const { text } = await ask('compare', BOTH);
    expect(text).toContain(`Data\n1 ${SAID[2]}\n2 not found in the abstract`);
    expect(text).not.toContain('And again');
    expect(text).not.toMatch(/^(?:Problem|Result)$/m);
  });

  it('names papers by the beginning of their title, and shows a sentence only once', async () => {
    const { ask } = (
      await openFrame({
        records: [
          {
            id: '2605.00011',
            title: 'LongAct: Acting at Length',
            abstract: 'We propose a way to act. Results on the GLUE benchmark show that it is 3% better.',
          },
          {
            id: '2605.00012',
            title: 'A Study of One Thing: Another',
            abstract: 'We propose a ladder for cats.',
          },
        ],
      })
    ).start(undefined);
    const { card } = await ask('compare', { papers: '2605.00011, 2605.00012' });
    const text = toPlainText(card);
    expect(text).toContain('1 LongAct: We propose a way to act.');
    expect(text).toContain('2 We propose a ladder for cats.');
    expect(text).toContain('Data\n1 LongAct: see result');
  });
});
