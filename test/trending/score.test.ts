import { describe, expect, it } from 'vitest';
import { compareScored, reasonAbove, type ScoredPaper, trendingScore } from '../../src/trending/score.ts';

const QUIET = { votes: 10, comments: 0, stars: 0, saves: 0 };

describe('trendingScore', () => {
  it('trendingScore is points / (age + 2)^1.8', () => {
    const busy = { votes: 20, growth: 10, comments: 3, stars: Math.E - 1, saves: 2 };
    expect(trendingScore(busy, 1)).toBeCloseTo((20 + 5 + 6 + 1 + 10) / 3 ** 1.8, 10);
  });

  it.each([
    ['votes', { ...QUIET, votes: 11 }],
    ['growth', { ...QUIET, growth: 3 }],
    ['comments', { ...QUIET, comments: 1 }],
    ['stars', { ...QUIET, stars: 5 }],
    ['saves', { ...QUIET, saves: 1 }],
  ])('trendingScore rises with %s', (_, more) => {
    expect(trendingScore(more, 0.5)).toBeGreaterThan(trendingScore(QUIET, 0.5));
  });

  it('trendingScore falls with age', () => {
    expect(trendingScore(QUIET, 1)).toBeLessThan(trendingScore(QUIET, 0.2));
  });

  it('trendingScore about halves over the length of a period', () => {
    expect(trendingScore(QUIET, 0) / trendingScore(QUIET, 1)).toBeCloseTo(2.07, 2);
  });

  it('stars never outweigh votes in trendingScore', () => {
    const famous = { ...QUIET, stars: 1_000_000 };
    expect(trendingScore({ ...QUIET, votes: 30 }, 0)).toBeGreaterThan(trendingScore(famous, 0));
  });

  it('trendingScore ignores negative growth and negative age', () => {
    expect(trendingScore({ ...QUIET, growth: -4 }, 0)).toBe(trendingScore(QUIET, 0));
    expect(trendingScore(QUIET, -3)).toBe(trendingScore(QUIET, 0));
  });
});

describe('reasonAbove', () => {
  const many = { ...QUIET, votes: 12, age: 1 };

  it.each([
    ['rising', { ...QUIET, growth: 9, age: 1 }],
    ['discussed', { ...QUIET, comments: 4, age: 1 }],
    ['code', { ...QUIET, stars: 900, age: 1 }],
    ['saved', { ...QUIET, saves: 1, age: 1 }],
    ['newer', { ...QUIET, age: 0 }],
  ] as const)('a paper with fewer votes ranks higher because it is %s', (reason, paper) => {
    expect(trendingScore(paper, paper.age)).toBeGreaterThan(trendingScore(many, many.age));
    expect(reasonAbove(paper, many)).toBe(reason);
  });

  it('a paper with more votes needs no reason', () => {
    expect(reasonAbove(many, { ...QUIET, age: 1 })).toBeUndefined();
  });
});

describe('compareRanked', () => {
  it('scored papers are ordered by score, votes, newer list and id', () => {
    const ranked: ScoredPaper[] = [
      { id: 'best', score: 2, votes: 1, day: '2026-05-01' },
      { id: 'votes', score: 1, votes: 9, day: '2026-05-01' },
      { id: 'newer', score: 1, votes: 5, day: '2026-05-03' },
      { id: 'a', score: 1, votes: 5, day: '2026-05-02' },
      { id: 'b', score: 1, votes: 5, day: '2026-05-02' },
    ];
    expect(ranked.toReversed().sort(compareScored)).toEqual(ranked);
    expect([2, 0, 4, 1, 3].flatMap((at) => ranked[at] ?? []).sort(compareScored)).toEqual(ranked);
  });
});
