import { describe, expect, it } from 'vitest';
import { bestQuotes } from '../../src/answers/best-sentences.ts';
import type { Paper } from '../../src/papers/paper.ts';

function paperOf(title: string, abstract: string, id = '2605.00001'): Paper {
  return { id, title, abstract, authors: [], categories: [], keywords: [] };
}

const WHALES = paperOf(
  'Listening to Whales',
  [
    'Whales sing for hours, and recordings of their songs are hard to segment.',
    'We propose SongCut, a network that segments the songs of whales.',
    'We train it on 400 recordings from the Azores archive.',
    'SongCut finds 93% of all boundaries, while two older methods reach 71%.',
    'Seven marine biologists checked its boundaries by ear.',
  ].join(' '),
);

const quoted = (question: string, ...papers: Paper[]) =>
  bestQuotes(question, papers.length > 0 ? papers : [WHALES]).map(({ sentence }) => sentence);

describe('the quotes that answer a question', () => {
  it.each([
    ['how many recordings did they use?', ['We train it on 400 recordings from the Azores archive.']],
    ['who checked the boundaries?', ['Seven marine biologists checked its boundaries by ear.']],
    ['which archive?', ['We train it on 400 recordings from the Azores archive.']],
    [
      'how many boundaries does it find?',
      ['SongCut finds 93% of all boundaries, while two older methods reach 71%.'],
    ],
  ])('the answer to “%s” leaves out sentences that only share some words', (question, sentences) => {
    expect(quoted(question)).toEqual(sentences);
  });

  it.each([
    'how many whales were recorded?',
    'which microphone made the recordings?',
    'how long are the recordings?',
    'does it segment the songs of birds in cities?',
    'which GPU did they train on?',
    'which archives do the whales like?',
  ])('“%s” has no answer in an abstract that only shares words with it', (question) => {
    expect(quoted(question)).toEqual([]);
  });

  it.each([
    ['how much does the accuracy go up?', ['The router improves accuracy by 4.9 points.']],
    ['is the code on github?', ['The code will be released in May.']],
    ['any weak points?', ['It degrades on long inputs.']],
  ])('“%s” is answered by its kind of sentence, in whatever words', (question, sentences) => {
    const abstract =
      'We focus on two languages. The router improves accuracy by 4.9 points. It degrades on long inputs. The code will be released in May.';
    expect(quoted(question, paperOf('Routing Tokens', abstract))).toEqual(sentences);
  });

  it.each([
    ['how many proposals did they read?', 'The study covers 18 years of research proposals in Canada.'],
    ['what data was it trained on?', 'Experiments on two public datasets show that it beats older methods.'],
    ['any limitations?', 'However, existing approaches fail on long prompts.'],
    ['are reading proposals open source?', 'Reading Proposals is a framework for Linux.'],
    ['how many scans are in the dataset?', 'The device offers high-resolution 3D scans of the retina.'],
    ['how many readers and reviewers took part?', 'We built 21 tools and compared them.'],
    ['what do they mean by a gap?', 'However, a gap between readers and authors remains.'],
    ['which languages were read?', 'We read proposals in seven low-resource languages (LRLs).'],
  ])('“%s” is not answered by: %s', (question, sentence) => {
    expect(quoted(question, paperOf('Reading Proposals', sentence))).toEqual([]);
  });

  it('names limits of the work itself, which come after those of earlier work', () => {
    const abstract =
      'Reading proposals takes time. However, this cannot be avoided. We build a reader. It struggles with tables.';
    expect(quoted('any limitations?', paperOf('Reading Proposals', abstract))).toEqual([
      'It struggles with tables.',
    ]);
  });

  it.each([
    ['how many proposals did they read?', 'We read 412 research proposals from Canada.'],
    ['what data was it trained on?', 'The model is trained on two public datasets.'],
    ['any limitations?', 'However, the reader fails on long prompts.'],
  ])('“%s” is answered by: %s', (question, sentence) => {
    expect(quoted(question, paperOf('Reading Proposals', sentence))).toEqual([sentence]);
  });

  it.each(['what videos was it trained on?', 'which videos was it trained on?'])(
    '“%s” is not answered by a length of one video',
    (question) => {
      const abstract = 'The baseline compresses a 20-second video. It keeps the memory of the video small.';
      expect(quoted(question, paperOf('Compressing Video Memory', abstract))).toEqual([]);
      const named = `${abstract} We train it on videos from Kinetics.`;
      expect(quoted(question, paperOf('Compressing Video Memory', named))).toEqual([
        'We train it on videos from Kinetics.',
      ]);
    },
  );

  it.each([
    ['how many experts are there?', 'It improves the accuracy of experts by 4% over static experts.'],
    [
      'how many rounds does it take?',
      'We build on earlier work [ICML 2018], which takes logarithmic rounds.',
    ],
    ['how large is the bandwidth?', 'We show that (1) the bandwidth is large and (2) it converges.'],
    ['what speedup did they measure?', 'We formulate a measured speedup constraint.'],
    ['difference between RouterS and RouterU?', 'RouterS and RouterU reach high scores.'],
    ['which LLM did they use?', 'Large Language Models (LLMs) possess reasoning capabilities.'],
    ['which datasets did they use?', 'We evaluate on a series of benchmarks.'],
    ['any limitations?', 'It mitigates information degradation in deep layers.'],
    ['what’s wrong with the usual scores?', 'Experts are compared by their usual scores.'],
    ['what are the stages of the training?', 'We design a training in three stages.'],
    ['where can I get the dataset?', 'We route the tokens of the Azores dataset.'],
  ])('“%s” is not answered by “%s”', (question, sentence) => {
    expect(quoted(question, paperOf('Routing Tokens', sentence))).toEqual([]);
  });

  it.each([
    ['how many experts are there?', 'The router has eight experts.'],
    ['how many of the tokens are routed?', 'Only 5 of 100 tokens are routed.'],
    ['what speedup did they measure?', 'We measure a speedup of 3.2x.'],
    ['which LLM did they use?', 'We use the LLM Gemma.'],
    ['what’s wrong with the usual scores?', 'The usual scores overlook rare experts.'],
    ['what are the stages of the training?', 'The stages of the training are warm-up, routing, and pruning.'],
    ['where can I get the dataset?', 'The dataset is available on request.'],
    ['which datasets did they use?', 'We evaluate on WikiText.'],
  ])('“%s” is answered by “%s”', (question, sentence) => {
    expect(quoted(question, paperOf('Routing Tokens', sentence))).toEqual([sentence]);
  });

  it('“whats” asks as “what is” does', () => {
    const [plain, contracted] = ['what is the drawback?', 'whats the drawback'].map((each) => quoted(each));
    expect(contracted).toEqual(plain);
  });

  it('which data is answered by a sentence that calls it a corpus', () => {
    const paper = paperOf('Routing', 'We propose a router. We evaluate on the C4 and WikiText corpora.');
    expect(quoted('which data did they use?', paper)).toEqual([
      'We evaluate on the C4 and WikiText corpora.',
    ]);
  });

  it('who is answered by a sentence with a person', () => {
    const paper = paperOf(
      'Bats',
      'The boundaries were checked by ear. Two biologists checked the boundaries.',
    );
    expect(quoted('who checked the boundaries?', paper)).toEqual(['Two biologists checked the boundaries.']);
    expect(
      quoted('who checked the boundaries?', paperOf('Bats', 'The boundaries were checked by ear.')),
    ).toEqual([]);
  });

  it('a sentence that states comes before one that asks', () => {
    const asks = 'We examined how engines change the calls of bats.';
    const states = 'Engines change the calls of bats, which then fly higher.';
    const paper = paperOf('Calls', `${asks} ${states}`);
    expect(quoted('how do engines change the calls of bats?', paper)[0]).toBe(states);
  });

  it('what was done answers whether it was', () => {
    const done = 'We evaluated the network on ImageNet.';
    expect(quoted('did they evaluate the network on ImageNet?', paperOf('Calls', done))).toEqual([done]);
  });

  it('when something happened is answered by a sentence with a time', () => {
    const timed = 'The bats were recorded in caves between May and June 2019.';
    const paper = paperOf('Calls', `The bats were recorded in caves. ${timed}`);
    for (const question of ['when were the bats recorded?', 'in which year were the bats recorded?'])
      expect(quoted(question, paper), question).toEqual([timed]);
    expect(quoted('when were the bats recorded?', paperOf('Calls', 'The bats were recorded.'))).toEqual([]);
  });

  it('words of one root answer a question, though the stemmer keeps them apart', () => {
    const paper = paperOf('Calls', 'The prognosis of the bats depends on diagnostic calls. We like bats.');
    expect(quoted('what is prognostic for the diagnosis of bats?', paper)).toEqual([
      'The prognosis of the bats depends on diagnostic calls.',
    ]);
  });

  it('a way or a reason may be told in more words of the authors than of the question', () => {
    const paper = paperOf(
      'Calls',
      'We recorded the bats from a kayak, because boats scare them off the lake.',
    );
    expect(quoted('why were kayaks used to record quietly?', paper)).toHaveLength(1);
    expect(quoted('what did kayaks record quietly?', paper)).toEqual([]);
  });

  it('why is not answered by a sentence that says nobody knows', () => {
    expect(
      quoted('why do bats avoid lakes?', paperOf('Calls', 'It is unclear why bats avoid lakes.')),
    ).toEqual([]);
  });

  it('a number inside a name is not an amount', () => {
    const paper = paperOf('Counting', 'We use GPT4All and Llama-3 models. The method is cheap.');
    expect(quoted('how many models do they use?', paper)).toEqual([]);
  });

  it('a question about the whole paper quotes the sentences that sum it up', () => {
    for (const question of ['what is it about?', 'what did they build?', 'what does Listening to Whales do?'])
      expect(quoted(question)[0], question).toBe(
        'We propose SongCut, a network that segments the songs of whales.',
      );
  });

  it('bare words and statements quote the sentences about their subject', () => {
    expect(quoted('segmenting songs of whales with a network')).toContain(
      'We propose SongCut, a network that segments the songs of whales.',
    );
  });

  it('several papers are quoted if each has an answer', () => {
    const other = paperOf('Bats', 'Marine biologists checked the boundaries of bat calls.', '2605.00002');
    expect(new Set(quoted('who checked the boundaries?', WHALES, other))).toEqual(
      new Set([
        'Seven marine biologists checked its boundaries by ear.',
        'Marine biologists checked the boundaries of bat calls.',
      ]),
    );
  });
});
