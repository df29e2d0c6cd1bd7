import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import {
  findPaperReferences,
  generatedId,
  parseArxivId,
  parsePaperReference,
  titleKey,
} from '../../src/text/ids.ts';

describe('an arXiv id', () => {
  it.each([
    ['2406.01574', { id: '2406.01574' }],
    [' 2406.01574v2 ', { id: '2406.01574', version: 2 }],
    ['0704.0001', { id: '0704.0001' }],
    ['1412.9999v11', { id: '1412.9999', version: 11 }],
    ['hep-th/9901001', { id: 'hep-th/9901001' }],
    ['math.GT/0309136v1', { id: 'math/0309136', version: 1 }],
    ['Math/0309136', { id: 'math/0309136' }],
  ])('%s is read', (text, id) => {
    expect(parseArxivId(text)).toEqual(id);
  });

  it.each([
    '9999.99999',
    '2413.01574',
    '2406.1574',
    '1406.015740',
    '0703.0001',
    '1501.0001',
    'abc',
    '',
    '2406',
    'a/1234567',
  ])('%j is refused', (text) => {
    expect(parseArxivId(text)).toBeUndefined();
  });
});

describe('a reference to a paper', () => {
  it.each([
    'https://arxiv.org/abs/2406.01574',
    'http://arxiv.org/abs/2406.01574v3',
    'https://www.arxiv.org/pdf/2406.01574.pdf',
    'https://arxiv.org/pdf/2406.01574v2.pdf#page=3',
    'https://arxiv.org/html/2406.01574v1?query=x#S1',
    'https://export.arxiv.org/abs/2406.01574',
    'arxiv.org/abs/2406.01574',
    'https://huggingface.co/papers/2406.01574',
    'https://huggingface.co/papers/2406.01574?utm=1#community',
    'https://www.alphaxiv.org/abs/2406.01574v2',
    'arXiv:2406.01574v2 [cs.LG]',
    'arXiv: 2406.01574',
    'arxiv:2406.01574',
    '10.48550/arXiv.2406.01574',
    'https://doi.org/10.48550/arXiv.2406.01574',
    '<https://arxiv.org/abs/2406.01574>',
  ])('%s is recognised', (text) => {
    expect(parsePaperReference(text)?.id).toBe('2406.01574');
  });

  it('in the old style is recognised in a link', () => {
    expect(parsePaperReference('https://arxiv.org/abs/hep-th/9901001v2')).toEqual({
      id: 'hep-th/9901001',
      version: 2,
    });
  });

  it.each([
    'attention is all you need',
    'GPT-4',
    '2024',
    'a survey of 2406 papers',
    'see https://arxiv.org/abs/2406.01574 and more',
  ])('%j is words', (text) => {
    expect(parsePaperReference(text)).toBeUndefined();
  });

  it.each([
    ['9999.99999', /9999\.99999 is not an arXiv id: months go from 01 to 12\. Ids look like 2406\.01574\./],
    ['2406.1574', /five digits/],
    ['2406.01574v', undefined],
  ])('%s that cannot be an id says why', (text, sentence) => {
    if (sentence) expect(() => parsePaperReference(text)).toThrow(sentence);
    if (sentence) expect(() => parsePaperReference(text)).toThrow(UserError);
    if (!sentence) expect(parsePaperReference(text)).toBeUndefined();
  });
});

describe('a longer text', () => {
  it('gives every paper link in it once, in order, and no bare numbers', () => {
    const text = `Look: https://arxiv.org/abs/2406.01574v2, (https://huggingface.co/papers/2501.00001) and
      <https://arxiv.org/pdf/2406.01574.pdf|this>; version 2405.12345 of the tool, arXiv:hep-th/9901001.`;
    expect(findPaperReferences(text).map(({ id }) => id)).toEqual([
      '2406.01574',
      '2501.00001',
      'hep-th/9901001',
    ]);
  });

  it('of any size and kind is read: a slow pattern would meet the time limit of the runner', () => {
    const hostile = `arxiv.org/abs/${'a-'.repeat(50_000)}${'arxiv:'.repeat(20_000)}`;
    expect(findPaperReferences(hostile)).toEqual([]);
  });
});

describe('a generated id', () => {
  it('is the same for every spelling of a title and differs between titles', () => {
    const spellings = ['Pre-Training for Ärger', 'Pretraining for Arger.', 'PRE–TRAINING\n for  ärger'];
    expect(new Set(spellings.map(generatedId)).size).toBe(1);
    expect(generatedId('Pretraining for Arger')).not.toBe(generatedId('Pretraining for Anger'));
  });

  it('of titles without letters is not one for all', () => {
    expect(titleKey('???')).not.toBe(titleKey('!!!'));
  });
});
