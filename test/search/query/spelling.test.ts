import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../src/search/query/query.ts';
import { correctSpelling, nearestWord, toVocabulary } from '../../../src/search/query/spelling.ts';

const vocabulary = toVocabulary(
  new Map([
    ['diffusion', 50],
    ['models', 90],
    ['modest', 3],
    ['modes', 8],
    ['transformers', 40],
    ['graph', 10],
    ['graphs', 30],
    ['cat', 5],
  ]),
);

describe('the nearest word', () => {
  it('is the one with the fewest edits, then the more frequent one', () => {
    expect(nearestWord('difusion', vocabulary)).toBe('diffusion');
    expect(nearestWord('ransformers', vocabulary)).toBe('transformers');
    expect(nearestWord('graphz', vocabulary)).toBe('graphs');
  });

  it('counts two letters that changed places as one slip, as typing does', () => {
    expect(nearestWord('modles', vocabulary)).toBe('models');
    expect(nearestWord('grpah', vocabulary)).toBe('graph');
  });

  it('is none when every word is far', () => {
    for (const word of ['qwertyuiop', 'cot2x', 'xy', 'x'.repeat(200)]) {
      expect(nearestWord(word, vocabulary), word).toBeUndefined();
    }
  });
});

describe('a corrected text', () => {
  const correct = (text: string) =>
    correctSpelling(text, readQuery(text), vocabulary, (word) => word === 'modest');

  it('keeps what is right and what surrounds it', () => {
    expect(correct('modest, difusion (modles)?')).toBe('modest, diffusion (models)?');
  });

  it('is absent when nothing can be mended', () => {
    expect(correct('modest')).toBeUndefined();
    expect(correct('qwertyuiop')).toBeUndefined();
  });
});
