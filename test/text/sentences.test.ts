import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/text/sentences/sentences.ts';

describe('splitSentences', () => {
  it.each([
    ['We use e.g. LSTMs. They work.', ['We use e.g. LSTMs.', 'They work.']],
    [
      'We use networks (i.e. Transformers). They work.',
      ['We use networks (i.e. Transformers).', 'They work.'],
    ],
    [
      'As Smith et al. (2016) say, it holds. We agree.',
      ['As Smith et al. (2016) say, it holds.', 'We agree.'],
    ],
    ['This was done by Smith et al. We go on.', ['This was done by Smith et al.', 'We go on.']],
    ['See Fig. 3 and Eq. (4). Both hold.', ['See Fig. 3 and Eq. (4).', 'Both hold.']],
    ['Cats vs. Dogs, cf. Figs. 1 and 2, w.r.t. Loss.', ['Cats vs. Dogs, cf. Figs. 1 and 2, w.r.t. Loss.']],
    ['By J. Smith on C. elegans. It moves.', ['By J. Smith on C. elegans.', 'It moves.']],
    ['We win on dataset A. We lose on dataset B.', ['We win on dataset A.', 'We lose on dataset B.']],
    [
      'A gain of 2.5 points at approx. 3.1 GHz! Why? Luck.',
      ['A gain of 2.5 points at approx. 3.1 GHz!', 'Why?', 'Luck.'],
    ],
    ['Is it new? No. We say so.', ['Is it new?', 'No.', 'We say so.']],
    ['We use the .NET runtime. It works.', ['We use the .NET runtime.', 'It works.']],
    ['It runs on ASP.NET and Node.js. We ship it.', ['It runs on ASP.NET and Node.js.', 'We ship it.']],
    ['As Sec. [2.1] and Sec. IV show, it holds.', ['As Sec. [2.1] and Sec. IV show, it holds.']],
    ['See App. B and (Suppl. Fig. 3). Both hold.', ['See App. B and (Suppl. Fig. 3).', 'Both hold.']],
    ['By Thm. A.1, Lem. 4 and Def. 3 it is so.', ['By Thm. A.1, Lem. 4 and Def. 3 it is so.']],
    ['Yahoo! Answers is large. We use Yahoo!', ['Yahoo! Answers is large.', 'We use Yahoo!']],
    ['It won Jeopardy! We play it.', ['It won Jeopardy!', 'We play it.']],
    ['We ask Dr. Example and Prof. Hu. They agree.', ['We ask Dr. Example and Prof. Hu.', 'They agree.']],
    ['Data of Foo Inc. and Bar Ltd. were used.', ['Data of Foo Inc. and Bar Ltd. were used.']],
    ['We train world models. minWM is open.', ['We train world models.', 'minWM is open.']],
    [
      'It cuts, e.g. mRNA strands, and Yang et al. iCut. We agree.',
      ['It cuts, e.g. mRNA strands, and Yang et al. iCut.', 'We agree.'],
    ],
    ['We are done… Next one.', ['We are done…', 'Next one.']],
    ['We are done... Next one.', ['We are done...', 'Next one.']],
    [
      'We are “done…” The next is new (done…) A third.',
      ['We are “done…”', 'The next is new (done…)', 'A third.'],
    ],
    ['We wait… and then … it works.', ['We wait… and then … it works.']],
    ['We use 1, 2, ..., n and 1 ... N. They work.', ['We use 1, 2, ..., n and 1 ... N.', 'They work.']],
    [
      'For A ... Z, A…Z, A … Z and “A” ... “Z” it holds.',
      ['For A ... Z, A…Z, A … Z and “A” ... “Z” it holds.'],
    ],
    ['For x1, x2, ... X_n, and more, ... We stop.', ['For x1, x2, ... X_n, and more, ...', 'We stop.']],
    [
      'Is it so?! It is!! He said “It works.” We agree.',
      ['Is it so?!', 'It is!!', 'He said “It works.”', 'We agree.'],
    ],
    ['It works (see below.) [It does.] We agree.', ['It works (see below.)', '[It does.]', 'We agree.']],
    [
      'We ask “Why?” and (really!) wait. “Why?” We know.',
      ['We ask “Why?” and (really!) wait.', '“Why?”', 'We know.'],
    ],
    [
      'It works.[1,2] We agree.¹ They do.$^{3}$ Yes.',
      ['It works.[1,2]', 'We agree.¹', 'They do.$^{3}$', 'Yes.'],
    ],
    ['We wrote an app. It is good.', ['We wrote an app.', 'It is good.']],
  ])('%s', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  it('takes hard newlines for spaces', () => {
    expect(splitSentences('One line\nand the next.\n\nAnother  one.')).toEqual([
      'One line and the next.',
      'Another one.',
    ]);
  });

  it('has nothing to split in an empty text', () => {
    expect(splitSentences(' \n ')).toEqual([]);
  });

  it('knows the full stop of other scripts', () => {
    expect(splitSentences('深層学習です。これは文です。')).toEqual(['深層学習です。', 'これは文です。']);
  });

  it('loses no word of an abstract', () => {
    const text = 'We use e.g. LSTMs (cf. Fig. 2). By Smith et al. It is 2.5 times faster!  Code: x.y.';
    expect(splitSentences(text).join(' ')).toBe(text.replace(/\s+/g, ' '));
  });

  it('reads 20,000 characters and no more', () => {
    expect(splitSentences('word '.repeat(8_000)).join(' ').length).toBeLessThanOrEqual(20_000);
  });

  it('does not end in a link, a version, a factorial or an open bracket', () => {
    for (const whole of [
      'We introduce the Gemini 2.X model family and more.',
      'Videos are at https://www.youtube.com/watch?v=ecK9m3LXg2c for all tasks.',
      'The polytope has roughly $n!$ vertices (p!0.001).',
      'It helps to engage people.(S et al., 2023) as before.',
    ]) {
      expect(splitSentences(whole)).toEqual([whole]);
    }
    const missing = ['We use neural networks (ANNs).', 'In order to train them, we wait.'];
    expect(splitSentences(missing.join(''))).toEqual(missing);
  });
});
