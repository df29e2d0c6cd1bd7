import { describe, expect, it } from 'vitest';
import { compareAuthors } from '../../src/changes/author-change.ts';
import type { PaperState } from '../../src/changes/changes.ts';
import { comparePapers } from '../../src/changes/compare.ts';
import { changeSentence } from '../../src/changes/sentence.ts';
import { splitAuthors } from '../../src/sources/arxiv/parsing/author-text.ts';
import { toCredits } from '../../src/text/authors.ts';
import { leastCpuTime } from '../support/cpu-time.ts';

const FIRST =
  'Large models are slow. We propose a router that learns from tokens. It is tested on three benchmarks. It reaches 89.7% accuracy.';

const paper: PaperState = {
  title: 'Routing Tokens to Mixtures of Experts',
  abstract: FIRST,
  authors: ['Ada Lovelace', 'Alan Turing', 'José García'],
  categories: ['cs.LG', 'cs.CL'],
  version: 1,
  comment: '9 pages',
};

function said(to: Partial<PaperState>, from: Partial<PaperState> = {}): string {
  return changeSentence(comparePapers({ ...paper, ...from }, { ...paper, ...to }));
}

const v2 = (to: Partial<PaperState>) => said({ version: 2, ...to });

describe('a change of the abstract', () => {
  it.each([
    ['the same text', FIRST, 'v2: new files; the title and the abstract are the same'],
    [
      'the same text in other markup',
      FIRST.replace('three', '\\textbf{three}').replace('89.7%', '$89.7\\%$'),
      'v2: new files; the title and the abstract are the same',
    ],
    [
      'corrected spelling',
      FIRST.replace('a router that learns', 'a router, which learns').replace('tested', 'Tested'),
      'v2: only spelling changed',
    ],
    [
      'another number',
      FIRST.replace('89.7%', '91.2%'),
      'v2: in the abstract, “89.7% accuracy” is now “91.2% accuracy”',
    ],
    [
      'another word',
      FIRST.replace('three', 'five'),
      'v2: in the abstract, “three benchmarks” is now “five benchmarks”',
    ],
    [
      'the opposite by one letter',
      FIRST.replace('are slow', 'are now'),
      'v2: in the abstract, “are slow” is now “are now”',
    ],
    [
      'two other sentences',
      FIRST.replace('learns from tokens', 'learns without any labels from the tokens of a document').replace(
        'tested on',
        'compared with earlier work on all of the',
      ),
      'v2: the abstract changed in two sentences',
    ],
    [
      'another number among other changes',
      FIRST.replace('learns from tokens', 'learns without any labels from the tokens of a document').replace(
        '89.7%',
        '91.2%',
      ),
      'v2: the abstract changed in two sentences (“89.7% accuracy” is now “91.2% accuracy”)',
    ],
    ['one more sentence', `${FIRST} The code is public.`, 'v2: one sentence was added to the abstract'],
    [
      'one sentence less',
      FIRST.replace(' It is tested on three benchmarks.', ''),
      'v2: one sentence was removed from the abstract',
    ],
    [
      'another text',
      'Experts in a mixture are seldom used well. Here we show how to train them with a loss for balance.',
      'v2: the abstract was rewritten',
    ],
  ])('is said for %s', (_, abstract, sentence) => {
    expect(v2({ abstract })).toBe(sentence);
  });

  it.each([
    ['“supervised” is not a spelling of “unsupervised”', 'a supervised router', 'an unsupervised router'],
    ['“increases” is not a spelling of “decreases”', 'The cost increases.', 'The cost decreases.'],
    ['“with” says something other than “not”', 'It is good.', 'It is not good.'],
    ['a number is no spelling', 'Up to 12 tokens.', 'Up to 13 tokens.'],
  ])('knows that %s', (_, one, other) => {
    const [change] = comparePapers({ ...paper, abstract: one }, { ...paper, abstract: other });
    expect(change).toMatchObject({ kind: 'abstract', extent: expect.not.stringMatching(/spelling|markup/) });
  });

  it('is not found in an abstract that a source cut short', () => {
    for (const cut of [`${FIRST.slice(0, 60)}…`, `${FIRST.slice(0, 60)} ...`, FIRST.slice(0, 58)]) {
      expect(comparePapers(paper, { ...paper, abstract: cut })).toEqual([]);
      expect(comparePapers({ ...paper, abstract: cut }, paper)).toEqual([]);
    }
    expect(comparePapers(paper, { ...paper, abstract: '' })).toEqual([]);
  });

  it('takes no time for texts of any length', () => {
    const text = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join(' ');
    const took = leastCpuTime(1_000, () => {
      const [change] = comparePapers({ ...paper, abstract: text('a') }, { ...paper, abstract: text('b') });
      expect(change).toMatchObject({ extent: 'rewritten' });
    });
    expect(took).toBeLessThan(1_000);
  });
});

describe('a change of the authors', () => {
  const authors = paper.authors;
  it.each([
    ['new people', [...authors, 'Bo Sample', 'Cy Test'], 'v2: two authors were added: Bo Sample and Cy Test'],
    ['fewer people', authors.slice(0, 2), 'v2: one author was removed: José García'],
    [
      'many new people',
      [...authors, 'A B', 'C D', 'E F', 'G H'],
      'v2: four authors were added: A B, C D and 2 more',
    ],
    ['another first author', authors.toReversed(), 'v2: José García is now the first author'],
    ['another order', ['Ada Lovelace', 'José García', 'Alan Turing'], 'v2: the order of the authors changed'],
    [
      'one name in another spelling',
      ['Ada Lovelace', 'Alan M. Turing', 'José García'],
      'v2: the author Alan Turing is now written Alan M. Turing',
    ],
    [
      'names with other accents and affiliations',
      ['Ada LovelaceLAB', 'Alan Turing', 'Jose Garcia'],
      'v2: the names of authors are written differently',
    ],
    [
      'a list that is cut',
      ['Ada Lovelace', 'et al.'],
      'v2: new files; the title and the abstract are the same',
    ],
  ])('is said for %s', (_, now, sentence) => {
    expect(v2({ authors: now })).toBe(sentence);
  });
});

/** As arXiv's adapter reads them. */
function namesIn(text: string): readonly string[] {
  return toCredits(splitAuthors(text)).authors ?? [];
}

describe('a list of authors', () => {
  it.each([
    [
      'Hong Qian',
      'Liangrong Peng, Hong Qian and Liu Hong',
      'Two authors were added: Liangrong Peng and Liu Hong',
    ],
    [
      'Luke Oeding and Daniel J. Bates',
      'Daniel J. Bates and Luke Oeding',
      'Daniel J. Bates is now the first author',
    ],
    [
      'Rajat Kanti Nath and Francesco G. Russo',
      "Francesco G. Russo (Universita' degli Studi di Palermo, Palermo, Italy)",
      'One author was removed: Rajat Kanti Nath',
    ],
    [
      'Jacques Martinet and A. Sample',
      'Wolfgang Keller, Jacques Martinet and A. Sample (with an appendix by Bo Test)',
      'One author was added: Wolfgang Keller',
    ],
  ])('is compared name by name, although arXiv writes “A and B”: %s', (before, now, sentence) => {
    const change = compareAuthors(namesIn(before), namesIn(now));
    expect(change && changeSentence([{ kind: 'authors', ...change }])).toBe(sentence);
  });

  it('has no news in the spaces that arXiv puts before hyphens', () => {
    expect(compareAuthors(['S. -H. Chan', 'Bo Sample'], ['S.-H. Chan', 'Bo Sample'])).toBeUndefined();
  });
});

describe('news about a paper', () => {
  it.each<[string, Partial<PaperState>, string]>([
    [
      'another title',
      { version: 3, title: 'Routing $n$ Tokens' },
      'v3 (since v1): the title is now “Routing n Tokens”',
    ],
    [
      'publication',
      { journalRef: 'Physical Review D', doi: '10.1103/x' },
      'Published in Physical Review D (doi 10.1103/x)',
    ],
    ['a DOI alone', { doi: '10.1103/x' }, 'Published (doi 10.1103/x)'],
    [
      'a withdrawal with its reason',
      {
        withdrawn: true,
        version: 2,
        comment: '9 pages. This paper has been withdrawn due to an error in Lemma 3',
      },
      'Withdrawn by the authors: “This paper has been withdrawn due to an error in Lemma 3”',
    ],
    [
      'a withdrawal by arXiv',
      { withdrawn: true, comment: 'This submission has been withdrawn by arXiv administrators: plagiarism' },
      'Withdrawn by arXiv: “This submission has been withdrawn by arXiv administrators: plagiarism”',
    ],
    ['code', { codeUrl: 'https://github.com/example/route/' }, 'Code: github.com/example/route'],
    [
      'a note about the revision, without page counts',
      { version: 2, comment: '10 pages, 3 figures; corrected Lemma 3' },
      'v2: new files; the title and the abstract are the same. The authors’ note: “corrected Lemma 3”',
    ],
    ['acceptance', { comment: 'Accepted at ICML 2026' }, 'The authors’ note: “Accepted at ICML 2026”'],
    [
      'a category',
      { version: 2, categories: ['cs.LG', 'cs.CL', 'stat.ML'] },
      'v2: it is now also in stat.ML',
    ],
  ])('is said in words: %s', (_, to, sentence) => {
    expect(said(to)).toBe(sentence);
  });

  it('says that a paper is no longer withdrawn', () => {
    expect(said({ version: 3 }, { withdrawn: true, version: 2 })).toBe(
      'v3: the paper is no longer withdrawn',
    );
  });

  it('is not found where a source only leaves facts out, or writes an address differently', () => {
    const full = { ...paper, doi: '10.1/ABC', venue: 'NeurIPS', codeUrl: 'https://github.com/Example/Route' };
    expect(comparePapers(full, { ...paper, authors: [], categories: [] })).toEqual([]);
    expect(
      comparePapers(full, { ...full, doi: '10.1/abc', codeUrl: 'http://www.github.com/example/route.git' }),
    ).toEqual([]);
  });

  it('is not found where a journal reference only repeats its venue in another spelling', () => {
    const known = { ...paper, journalRef: 'Class. Quant. Grav. 28:045006,2011' };
    const journalRef = `${known.journalRef}; Class.Quant.Grav.28:045006,2011`;
    expect(comparePapers(known, { ...known, journalRef })).toEqual([]);
    expect(
      comparePapers(known, { ...known, journalRef: `${known.journalRef}; Phys. Rev. D 1` }),
    ).toHaveLength(1);
  });
});
