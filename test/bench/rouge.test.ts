import { describe, expect, it } from 'vitest';
import { bestRouge, rouge } from '../../bench/support/rouge.ts';

describe('rouge', () => {
  it('counts words, pairs and the longest common subsequence as F1', () => {
    // Shared words: the, cat, the, mat. Pairs: "the cat", "the mat". In order: the cat the mat.
    const scores = rouge('the cat lay by the mat', 'the cat sat on the mat');
    expect(scores.rouge1).toBeCloseTo(4 / 6, 10);
    expect(scores.rouge2).toBeCloseTo(2 / 5, 10);
    expect(scores.rougeL).toBeCloseTo(4 / 6, 10);
  });

  it('counts a repeated word as often as both texts have it', () => {
    expect(rouge('the the the', 'the the end').rouge1).toBeCloseTo(2 / 3, 10);
  });

  it('considers word order only in ROUGE-L', () => {
    const scores = rouge('mat the on', 'on the mat');
    expect(scores.rouge1).toBe(1);
    expect(scores.rougeL).toBeCloseTo(1 / 3, 10);
  });

  it('compares the stems of words with more than three letters, ignoring case and punctuation', () => {
    expect(rouge('Learning, networks!', 'learned network').rouge1).toBe(1);
    expect(rouge('uses', 'used').rouge1).toBe(1);
    expect(rouge('its', 'it').rouge1).toBe(0);
  });

  it('is zero, not an error, when either side has no words', () => {
    expect(rouge('', 'the cat')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
    expect(rouge('…', '')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
  });

  it('takes all three figures from the reference with the best ROUGE-1', () => {
    const references = ['a b x y', 'c b a d', 'q'];
    expect(bestRouge('a b c', references)).toEqual(rouge('a b c', 'c b a d'));
    expect(bestRouge('a b c', references).rouge2).toBeLessThan(rouge('a b c', 'a b x y').rouge2);
  });
});
