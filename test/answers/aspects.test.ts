import { describe, expect, it } from 'vitest';
import { findAspects } from '../../src/answers/aspects.ts';

const dataOf = (...sentences: string[]) =>
  findAspects({ title: 'A Title', abstract: sentences.join(' ') }).data;
const OURS = 'We propose a router that learns to wait.';

describe('the data of a paper', () => {
  it.each([
    'We evaluate the router on the TUM dataset.',
    'Across 7 public benchmarks the router waits less.',
    'Using the Chicago Crime Dataset, the router learns when to wait.',
    'We observe it in 270 tutoring conversations.',
    'We compile a corpus of letters from two archives.',
  ])('“%s” says which data was used', (sentence) => {
    expect(dataOf(OURS, sentence)).toBe(sentence);
  });

  it.each([
    'Datasets are a valuable alternative to labels.',
    'It captures the modes of variation of the underlying dataset.',
    'By sharing this dataset, we aim to help research.',
  ])('“%s” mentions data without saying that it was used', (sentence) => {
    expect(dataOf(OURS, sentence)).toBeUndefined();
  });

  it('a sentence before the authors turn to themselves is about the data of others', () => {
    expect(dataOf('Routers are evaluated on the WikiText corpus.', OURS)).toBeUndefined();
  });
});
