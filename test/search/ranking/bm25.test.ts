import { describe, expect, it } from 'vitest';
import { inverseFrequency, scoreTermVectors, type WeightedTerm } from '../../../src/search/ranking/bm25.ts';
import { chooseSnippet, toSentences } from '../../../src/search/ranking/hits.ts';
import {
  packTermVector,
  termOf,
  toTermVector,
  unpackTermVector,
} from '../../../src/search/text/term-vector.ts';

const termVector = (abstract: string, title = '', authors = '') => toTermVector({ title, abstract, authors });

describe('the BM25 score of a paper', () => {
  it('matches the formula calculated by hand', () => {
    // Two texts of 10 characters, one occurrence: 2 · 1 · 2.2 / (1 + 1.2) = 2.
    const termVectors = [termVector('graphs are'), termVector('trees been')];
    expect(scoreTermVectors(termVectors, [{ term: termOf('graph'), weight: 2 }])).toEqual([2, 0]);
  });

  it('counts a word of the title twice, and one in a name half', () => {
    const terms = [{ term: termOf('ada'), weight: 1 }];
    const score = (one: ReturnType<typeof termVector>) => scoreTermVectors([one], terms)[0] ?? 0;
    expect(score(termVector('', 'ada'))).toBeGreaterThan(score(termVector('ada')));
    expect(score(termVector('ada'))).toBeGreaterThan(score(termVector('xyz', '', '["Ada Lovelace"]')));
    expect(score(termVector('xyz', '', '["Ada Lovelace"]'))).toBeGreaterThan(0);
  });

  it('is never negative, however common a word is', () => {
    expect(inverseFrequency(10, 10)).toBeGreaterThan(0);
    expect(inverseFrequency(10, 12)).toBeGreaterThan(0);
    expect(inverseFrequency(1_000, 1)).toBeGreaterThan(inverseFrequency(1_000, 500));
  });

  it('treats the forms of a word, accents and case alike', () => {
    const terms = ['poincar', 'happi', 'relat', 'visibl', 'ai', 'ss'].map((stem) => ({
      term: termOf(stem),
      weight: 1,
    }));
    const score = (text: string) => scoreTermVectors([termVector(text)], terms)[0];
    for (const text of [
      'happiness',
      'HAPPY',
      'relational',
      'visibility',
      'AI',
      'ais',
      'ß',
      'ss',
      'Poincaré',
    ]) {
      expect(score(text), text).toBeGreaterThan(0);
    }
    expect(score('happening airplane invisible')).toBe(0);
  });

  it('also counts two words with a hyphen by their joined form', () => {
    const terms = [{ term: termOf('pretrain'), weight: 1 }];
    const score = (text: string) => scoreTermVectors([termVector(text)], terms)[0];
    expect(score('a Pre-Training method')).toBe(score('a pretraining, method'));
    expect(score('a state-of-the-pre-training method')).toBe(0);
  });

  it('is the same for a packed paper, at any position of its bytes', () => {
    const whole = termVector('We route tokens to experts, e.g. two of eight.', 'Routing', '["Ada Lovelace"]');
    const shifted = new Uint8Array(packTermVector(whole).length + 1).subarray(1);
    shifted.set(packTermVector(whole));
    for (const packed of [packTermVector(whole), shifted]) expect(unpackTermVector(packed)).toEqual(whole);
    expect(unpackTermVector(packTermVector(termVector('')))).toEqual(termVector(''));
  });
});

describe('the snippet of a result', () => {
  const choose = (text: string, terms: readonly WeightedTerm[]) =>
    chooseSnippet(toSentences(text, new Set(terms.map(({ term }) => term))), terms);
  const abstract =
    'Large models are costly. We route each token to two of eight experts, e.g. by a learned gate. Experts specialise. Code is public.';

  it('is the sentence with most of the query’s words, not the first one', () => {
    const terms = ['expert', 'gate'].map((stem) => ({ term: termOf(stem), weight: 1 }));
    expect(choose(abstract, terms)).toBe(
      'We route each token to two of eight experts, e.g. by a learned gate.',
    );
  });

  it('is absent if no sentence contains a word of the query', () => {
    expect(choose(abstract, [{ term: termOf('protein'), weight: 1 }])).toBeUndefined();
    expect(choose('', [{ term: termOf('expert'), weight: 1 }])).toBeUndefined();
    expect(choose(abstract, [])).toBeUndefined();
  });
});
