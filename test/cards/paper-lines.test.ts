import { describe, expect, it } from 'vitest';
import {
  authorsLine,
  paperLines,
  paperUrl,
  shortLine,
  votesWithGrowth,
} from '../../src/cards/paper-lines.ts';
import { plainRichText } from '../../src/chat/plain.ts';
import type { Paper } from '../../src/papers/paper.ts';

const bare: Paper = {
  id: 'pb-0123456789abcdef',
  title: 'A Title Alone',
  abstract: '',
  authors: [],
  categories: [],
  keywords: [],
};

const full: Paper = {
  ...bare,
  id: '2605.00001',
  authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Katherine Johnson'],
  categories: ['cs.CL', 'cs.LG', 'cs.AI', 'stat.ML'],
  published: '2026-05-29T17:00:00Z',
  organization: 'Example Lab',
  venue: 'ICML 2026',
  votes: 1128,
  comments: 7,
  codeStars: 412,
  codeUrl: 'https://github.com/example/paper',
};

const textOf = (paper: Paper) => paperLines(paper).map(plainRichText);

describe('authors', () => {
  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B', 'C'], 'A, B, C'],
    [['A', 'B', 'C', 'D'], 'A, B … D (4)'],
  ])('authors %j are shown as “%s”', (authors, line) => {
    expect(authorsLine(authors)).toBe(line);
  });
});

describe('the lines of a paper', () => {
  it('a paper’s lines show authors, date, venue and figures', () => {
    expect(textOf(full)).toEqual([
      'Ada Lovelace, Alan Turing … Katherine Johnson (4) · Example Lab',
      '29 May 2026 · ICML 2026 · cs.CL, cs.LG, cs.AI · ▲ 1,128 · 💬 7 · ★ 412 code',
    ]);
  });

  it('a paper’s lines leave out missing facts', () => {
    expect(textOf(bare)).toEqual([]);
    expect(textOf({ ...bare, published: '2022-11' })).toEqual(['Nov 2022']);
  });

  it('a paper’s lines leave out figures of 0', () => {
    expect(
      textOf({ ...bare, categories: ['cs.RO'], votes: 0, comments: 0, codeStars: 0, citations: 0 }),
    ).toEqual(['cs.RO']);
  });

  it('a paper’s lines say that it was withdrawn', () => {
    expect(textOf({ ...full, withdrawnAt: '2026-06-03T00:00:00Z' }).at(-1)).toBe('Withdrawn 3 Jun 2026');
    expect(textOf({ ...full, withdrawn: true }).at(-1)).toBe('Withdrawn');
  });

  it('a paper in a list has at most one line of facts', () => {
    expect(shortLine(full)).toEqual([['2026 · cs.CL · ▲ 1,128']]);
    expect(shortLine(bare)).toEqual([]);
  });
});

describe('growth of votes', () => {
  it('growth of votes is left out if it equals the votes or is 0', () => {
    expect(votesWithGrowth(128, 41)).toBe('▲ 128 (+41)');
    expect(votesWithGrowth(128, 0)).toBe('▲ 128');
    expect(votesWithGrowth(128, -3)).toBe('▲ 128');
    expect(votesWithGrowth(41, 41)).toBe('▲ 41');
    expect(votesWithGrowth(0, 0)).toBeUndefined();
  });
});

describe('the link of a paper', () => {
  it('a paper’s link leads to arXiv, else to its DOI, else to its project page', () => {
    const doi = '10.1000/x y';
    expect(paperUrl({ ...full, doi })).toBe('https://arxiv.org/abs/2605.00001');
    expect(paperUrl({ ...bare, doi, projectUrl: 'https://example.org' })).toBe(
      'https://doi.org/10.1000/x%20y',
    );
    expect(paperUrl({ ...bare, projectUrl: 'https://example.org' })).toBe('https://example.org');
    expect(paperUrl(bare)).toBeUndefined();
  });
});
