import { describe, expect, it } from 'vitest';
import { inverseFrequency, scoreCeiling, scoreTexts } from '../../src/search/bm25.ts';
import { chooseSnippet } from '../../src/search/snippet.ts';

const field = (text: string, weight = 1) => ({ text, weight, measured: true });

describe('scoring texts', () => {
  it('agrees with the formula worked by hand', () => {
    // Two texts of 10 characters, one occurrence: 2 · 1 · 2.2 / (1 + 1.2) = 2.
    expect(
      scoreTexts([[field('graphs are')], [field('trees been')]], [{ stem: 'graph', weight: 2 }]),
    ).toEqual([2, 0]);
  });

  it('never gives a word less than nothing, however common', () => {
    expect(inverseFrequency(10, 10)).toBeGreaterThan(0);
    expect(inverseFrequency(10, 12)).toBeGreaterThan(0);
    expect(inverseFrequency(1_000, 1)).toBeGreaterThan(inverseFrequency(1_000, 500));
  });

  it('takes the forms of a word, accents and case for one', () => {
    const terms = ['poincar', 'happi', 'relat', 'visibl', 'ai', 'ß'].map((stem) => ({ stem, weight: 1 }));
    const score = (text: string) => scoreTexts([[field(text)]], terms)[0];
    for (const text of ['happiness', 'HAPPY', 'relational', 'visibility', 'AI', 'ais', 'ß', 'Poincaré']) {
      expect(score(text), text).toBeGreaterThan(0);
    }
    expect(score('happening airplane invisible')).toBe(0);
  });

  it('stays under its ceiling', () => {
    const terms = [{ stem: 'graph', weight: 3 }];
    expect(scoreTexts([[field('graph '.repeat(500), 5)]], terms)[0]).toBeLessThan(scoreCeiling(terms));
  });
});

describe('the snippet', () => {
  const abstract =
    'Large models are costly. We route each token to two of eight experts, e.g. by a learned gate. Experts specialise. Code is public.';

  it('is the sentence that holds most of what was asked, not the first one', () => {
    const terms = ['expert', 'gate'].map((stem) => ({ stem, weight: 1 }));
    expect(chooseSnippet(abstract, terms)).toBe(
      'We route each token to two of eight experts, e.g. by a learned gate.',
    );
  });

  it('is absent when no sentence holds a word of the query', () => {
    expect(chooseSnippet(abstract, [{ stem: 'protein', weight: 1 }])).toBeUndefined();
    expect(chooseSnippet('', [{ stem: 'expert', weight: 1 }])).toBeUndefined();
    expect(chooseSnippet(abstract, [])).toBeUndefined();
  });
});
