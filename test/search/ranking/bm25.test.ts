import { describe, expect, it } from 'vitest';
import { inverseFrequency, scoreProfiles, type WeightedTerm } from '../../../src/search/ranking/bm25.ts';
import { chooseSnippet, profileSentences } from '../../../src/search/ranking/snippet.ts';
import { packProfile, termOf, toProfile, unpackProfile } from '../../../src/search/text/term-vector.ts';

const profile = (abstract: string, title = '', authors = '') => toProfile({ title, abstract, authors });

describe('scoring papers', () => {
  it('agrees with the formula worked by hand', () => {
    // Two texts of 10 characters, one occurrence: 2 · 1 · 2.2 / (1 + 1.2) = 2.
    const profiles = [profile('graphs are'), profile('trees been')];
    expect(scoreProfiles(profiles, [{ term: termOf('graph'), weight: 2 }])).toEqual([2, 0]);
  });

  it('counts a word of the title twice and one in a name half', () => {
    const terms = [{ term: termOf('ada'), weight: 1 }];
    const score = (one: ReturnType<typeof profile>) => scoreProfiles([one], terms)[0] ?? 0;
    expect(score(profile('', 'ada'))).toBeGreaterThan(score(profile('ada')));
    expect(score(profile('ada'))).toBeGreaterThan(score(profile('xyz', '', '["Ada Lovelace"]')));
    expect(score(profile('xyz', '', '["Ada Lovelace"]'))).toBeGreaterThan(0);
  });

  it('never gives a word less than nothing, however common', () => {
    expect(inverseFrequency(10, 10)).toBeGreaterThan(0);
    expect(inverseFrequency(10, 12)).toBeGreaterThan(0);
    expect(inverseFrequency(1_000, 1)).toBeGreaterThan(inverseFrequency(1_000, 500));
  });

  it('takes the forms of a word, accents and case for one', () => {
    const terms = ['poincar', 'happi', 'relat', 'visibl', 'ai', 'ß'].map((stem) => ({
      term: termOf(stem),
      weight: 1,
    }));
    const score = (text: string) => scoreProfiles([profile(text)], terms)[0];
    for (const text of ['happiness', 'HAPPY', 'relational', 'visibility', 'AI', 'ais', 'ß', 'Poincaré']) {
      expect(score(text), text).toBeGreaterThan(0);
    }
    expect(score('happening airplane invisible')).toBe(0);
  });

  it('knows two words with a hyphen by their joined form as well', () => {
    const terms = [{ term: termOf('pretrain'), weight: 1 }];
    const score = (text: string) => scoreProfiles([profile(text)], terms)[0];
    expect(score('a Pre-Training method')).toBe(score('a pretraining, method'));
    expect(score('a state-of-the-pre-training method')).toBe(0);
  });

  it('is the same from a packed paper, wherever its bytes lie', () => {
    const whole = profile('We route tokens to experts, e.g. two of eight.', 'Routing', '["Ada Lovelace"]');
    const shifted = new Uint8Array(packProfile(whole).length + 1).subarray(1);
    shifted.set(packProfile(whole));
    for (const packed of [packProfile(whole), shifted]) expect(unpackProfile(packed)).toEqual(whole);
    expect(unpackProfile(packProfile(profile('')))).toEqual(profile(''));
  });
});

describe('the snippet', () => {
  const choose = (text: string, terms: readonly WeightedTerm[]) =>
    chooseSnippet(profileSentences(text), terms);
  const abstract =
    'Large models are costly. We route each token to two of eight experts, e.g. by a learned gate. Experts specialise. Code is public.';

  it('is the sentence that holds most of what was asked, not the first one', () => {
    const terms = ['expert', 'gate'].map((stem) => ({ term: termOf(stem), weight: 1 }));
    expect(choose(abstract, terms)).toBe(
      'We route each token to two of eight experts, e.g. by a learned gate.',
    );
  });

  it('is absent when no sentence holds a word of the query', () => {
    expect(choose(abstract, [{ term: termOf('protein'), weight: 1 }])).toBeUndefined();
    expect(choose('', [{ term: termOf('expert'), weight: 1 }])).toBeUndefined();
    expect(choose(abstract, [])).toBeUndefined();
  });
});
