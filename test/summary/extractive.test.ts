import { describe, expect, it } from 'vitest';
import { extractSummary } from '../../src/summary/extractive.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { leastCpuTime } from '../support/cpu-time.ts';

const TITLE = 'FlowAnchor: Stabilizing the Editing Signal for Inversion-Free Video Editing';
const PROBLEM = 'However, extending image editing to videos remains challenging in scenes with many objects.';
const DID =
  'We propose FlowAnchor, a training-free framework for stable video editing that anchors where and how strongly to edit.';
const APPROACH = 'Specifically, our method aligns the words of an instruction with regions of each frame.';
const RESULT = 'Extensive experiments on three benchmarks show that it outperforms earlier editors by 12%.';
const CODE = 'Code and models are available at https://example.org/flow-anchor.';
const ABSTRACT = [PROBLEM, DID, APPROACH, RESULT, CODE].join(' ');

function summarise(abstract: string, title = TITLE) {
  const summary = extractSummary({ title, abstract });
  if (!summary) throw new Error('no summary');
  return summary;
}

describe('extractSummary', () => {
  it('says what the paper did, then problem, approach and result, labelled as extracted', () => {
    expect(summarise(ABSTRACT)).toEqual({
      tldr: DID,
      points: [
        { kind: 'problem', text: PROBLEM.replace('However, e', 'E') },
        { kind: 'approach', text: APPROACH.replace('Specifically, o', 'O') },
        { kind: 'result', text: RESULT },
      ],
      madeBy: 'extracted',
      isShortened: true,
    });
  });

  it('keeps the order problem, approach, result whatever the order of the abstract', () => {
    const kinds = summarise([RESULT, APPROACH, DID, PROBLEM].join(' ')).points.map(({ kind }) => kind);
    expect(kinds).toEqual(
      ['problem', 'approach', 'result'].filter((kind) => kinds.some((own) => own === kind)),
    );
    expect(kinds).toContain('result');
  });

  it('takes the sentence that contrasts with earlier work as the problem, and how it is done as the approach', () => {
    const contrast =
      'While existing work has largely focused on learning features of whole images, Lantern learns both features of regions and features of whole images.';
    const how =
      'Lantern operates by sliding a window across the overlap of two views, aligning the regions with their feature maps, and maximizing their similarity.';
    const { points } = summarise(
      [
        'We present Lantern, a new way of self-supervised learning for detection and segmentation.',
        contrast,
        how,
        'Experiments on three benchmarks show that Lantern improves detection by 2% over a strong baseline.',
      ].join(' '),
      'Lantern',
    );
    expect(points.filter(({ kind }) => kind !== 'result')).toEqual([
      { kind: 'problem', text: contrast },
      { kind: 'approach', text: how },
    ]);
  });

  it('never echoes the title', () => {
    const echo = 'We present FlowAnchor, stabilizing the editing signal for inversion-free video editing.';
    const { tldr, points } = summarise(`${echo} ${DID} ${echo.toUpperCase()} ${RESULT}`);
    expect(tldr).toBe(DID);
    expect(points.map(({ text }) => text)).toEqual([RESULT]);
  });

  it('is nothing when the abstract says no more than the title', () => {
    expect(extractSummary({ title: TITLE, abstract: `${TITLE}.` })).toBeUndefined();
  });

  it('never gives one sentence twice, however often the abstract repeats it', () => {
    const { tldr, points } = summarise(`${ABSTRACT} ${ABSTRACT} ${ABSTRACT}`);
    const all = [tldr, ...points.map(({ text }) => text)];
    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(4);
  });

  it('never takes the place of the code for a summary', () => {
    expect(summarise(`${CODE} Frames are aligned first, then edited.`).tldr).toBe(
      'Frames are aligned first, then edited.',
    );
    expect(summarise(`${DID} ${CODE}`).points).toEqual([]);
  });

  it('gives one sentence and no points for an abstract of one sentence', () => {
    expect(summarise(RESULT)).toEqual({
      tldr: RESULT,
      points: [],
      madeBy: 'extracted',
      isShortened: false,
    });
  });

  it.each(['', '   \n', '…', '🎉'])('makes no summary of %j', (abstract) => {
    expect(extractSummary({ title: TITLE, abstract })).toBeUndefined();
  });

  it('finds the same sentences when the abstract shouts', () => {
    const shouted = summarise(ABSTRACT.toUpperCase());
    expect(shouted.tldr).toBe(DID.toUpperCase());
    expect(shouted.points.map(({ kind }) => kind)).toEqual(['problem', 'approach', 'result']);
  });

  it.each([
    [
      'French',
      'Nous présentons un modèle de langue ouvert. Il apprend sans annotation. Les résultats sont bons.',
    ],
    ['Chinese', '我们提出了一种新的方法。该方法不需要训练数据。实验结果表明其有效性。'],
    ['Arabic', 'نقدم نموذجا جديدا للترجمة. لا يحتاج إلى بيانات. النتائج جيدة.'],
  ])('chooses a sentence of a %s abstract', (_, abstract) => {
    const { tldr } = summarise(abstract);
    expect(abstract).toContain(tldr);
    expect(tldr.length).toBeLessThan(abstract.length);
  });

  it('works without a title', () => {
    expect(summarise(ABSTRACT, '').tldr).toBe(DID);
  });

  it.each([
    ['many sentences', `${'Deep networks are widely used in many fields today. '.repeat(120)}${DID}`],
    ['one endless sentence', 'we study the thing and '.repeat(260)],
    ['no spaces', 'x'.repeat(6_000)],
    ['nothing but full stops', '. '.repeat(3_000)],
    ['digits', '1.'.repeat(3_000)],
  ])('answers 6,000 characters of %s in linear time', (_, abstract) => {
    const took = leastCpuTime(250, () => extractSummary({ title: TITLE, abstract }));
    expect(took).toBeLessThan(250);
  });

  it('finds what the paper did behind a long introduction', () => {
    const introduction = 'Deep networks are widely used in many fields today. '.repeat(120);
    expect(summarise(`${introduction}${DID}`).tldr).toBe(DID);
  });
});

describe('the summary service', () => {
  it('answers with the extracted summary, and with none where there is no abstract', async () => {
    const service = openSummaryService();
    expect(await service.summarise({ title: TITLE, abstract: ABSTRACT })).toEqual(summarise(ABSTRACT));
    expect(await service.summarise({ title: TITLE, abstract: '' })).toBeUndefined();
  });

  it('takes a sentence that can be read alone rather than one that points', () => {
    const { tldr } = summarise(
      'Video editing flickers. We address this challenge by anchoring where to edit. We propose FlowAnchor, which edits videos without flicker.',
    );
    expect(tldr).toBe('We propose FlowAnchor, which edits videos without flicker.');
  });

  it('has a shorter line for lists, with the whole sentence kept', () => {
    const long = `We propose FlowAnchor, a framework that edits videos ${'of people and of their pets '.repeat(5)}by their words, which improves the stability of each frame.`;
    const { tldr, line } = summarise(`Video editing flickers. ${long}`);
    expect(tldr).toBe(long);
    expect(line).toBe(long.replace(/, which .*/, '.'));
  });

  it('has a line that ends before a list rather than within it, when nothing else says as much', () => {
    const list = `${'one that finds the region of each word in each of the frames, '.repeat(4)}and one that edits it`;
    const { tldr, line } = summarise(
      `We propose FlowAnchor, a framework that edits videos of people by their words in three steps: ${list}.`,
    );
    expect(tldr).toContain(list);
    expect(line).toBe(
      'We propose FlowAnchor, a framework that edits videos of people by their words in three steps.',
    );
  });

  it('shows the sentence without what links it, and keeps the whole one', () => {
    const { tldr, sentence, isShortened } = summarise(
      `Video editing flickers. To address this gap, we ${DID.slice(3)}`,
    );
    expect({ tldr, sentence, isShortened }).toEqual({
      tldr: DID,
      sentence: `To address this gap, we ${DID.slice(3)}`,
      isShortened: true,
    });
  });
});
