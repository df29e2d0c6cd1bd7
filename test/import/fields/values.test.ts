import { describe, expect, it } from 'vitest';
import {
  readAbstract,
  readCategories,
  readCount,
  readList,
  readUrl,
} from '../../../src/import/fields/values.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';

describe('a list of texts', () => {
  it.each([
    ['a, b;c|d', ['a', 'b', 'c', 'd']],
    ['Learning (theory, practice), b', ['Learning (theory, practice)', 'b']],
    ["['a', 'b']", ['a', 'b']],
    ['["a, b"]', ['a, b']],
    [
      ['a', 'b, c'],
      ['a', 'b, c'],
    ],
    [
      [{ term: 'a' }, { display_name: 'b' }, { tag: 'c' }],
      ['a', 'b', 'c'],
    ],
  ])('is read from %j', (written, list) => {
    expect(readList(written)).toEqual(list);
  });

  it('is read in a moment from a long text of separators only', () => {
    for (const piece of [',', '(', '),', ' ', "'"]) {
      const text = piece.repeat(1_000_000 / piece.length);
      const took = leastCpuTime(1_000, () => [readList(text), readList(`[${text}]`)]);
      expect(took, piece).toBeLessThan(1_000);
    }
  });
});

describe('categories', () => {
  it.each([
    ['cs.LG cs.CL', ['cs.LG', 'cs.CL']],
    ['cs.LG; hep-th', ['cs.LG', 'hep-th']],
    [
      ['Machine Learning (cs.LG)', 'stat.ML'],
      ['cs.LG', 'stat.ML'],
    ],
    ['animal behavior', ['animal behavior']],
  ])('are read from %j', (written, list) => {
    expect(readCategories(written)).toEqual(list);
  });
});

describe('a number, an address, an abstract', () => {
  it('are read in the forms in which other tools write them', () => {
    expect([3, '3', '1,024', -1, 1.5, '1.5k', null].map(readCount)).toEqual([
      3,
      3,
      1024,
      ...Array(4).fill(undefined),
    ]);
    expect(
      ['github.com/a/b', 'https://a.org', { url: 'https://a.org' }, 'yes', 'javascript:alert(1)'].map(
        readUrl,
      ),
    ).toEqual(['https://github.com/a/b', 'https://a.org/', 'https://a.org/', undefined, undefined]);
    expect(readAbstract([{ section: 'Abstract', text: 'One.' }, { text: 'Two.' }])).toBe('One. Two.');
    expect(readAbstract('<jats:p>CO<jats:sub>2</jats:sub> rises.</jats:p>')?.trim()).toBe(
      'CO<sub>2</sub> rises.',
    );
    expect(readAbstract({ We: [0, 2], route: [1, 3] })).toBe('We route We route');
    expect(readAbstract({ We: [1e9] })).toBeUndefined();
  });
});
