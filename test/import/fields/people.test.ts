import { describe, expect, it } from 'vitest';
import { readAuthors } from '../../../src/import/fields/people.ts';
import { toCredits } from '../../../src/text/authors.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';

const TWO = ['Ada Lovelace', 'Alan Turing'];

/** A number in letters: digits at the end of a name are marks of affiliations. */
const lettersOf = (n: number) => String(n).replace(/\d/g, (digit) => 'bcdefghijk'[Number(digit)] ?? '');

describe('authors', () => {
  it.each([
    'Ada Lovelace and Alan Turing',
    'Ada Lovelace & Alan Turing',
    'Ada Lovelace; Alan Turing',
    'Ada Lovelace, Alan Turing',
    'Ada Lovelace | Alan Turing',
    'Ada Lovelace\nAlan Turing',
    'Lovelace, Ada; Turing, Alan',
    'Lovelace, Ada and Turing, Alan',
    'Lovelace, Ada, Turing, Alan',
    "['Ada Lovelace', 'Alan Turing']",
    '["Ada Lovelace", "Alan Turing"]',
    ['Ada Lovelace', 'Alan Turing'],
    ['Ada Lovelace, Alan Turing'],
    [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }],
    [
      { given: 'Ada', family: 'Lovelace' },
      { given: 'Alan', family: 'Turing' },
    ],
    [
      { first: 'Ada', last: 'Lovelace' },
      { first: 'Alan', middle: [], last: 'Turing' },
    ],
    [
      { firstName: 'Ada', lastName: 'Lovelace' },
      { first_name: 'Alan', last_name: 'Turing' },
    ],
    [{ author: { display_name: 'Ada Lovelace' } }, { author: { display_name: 'Alan Turing' } }],
    [
      ['Lovelace', 'Ada', ''],
      ['Turing', 'Alan', '', 'Manchester'],
    ],
    { author: [{ text: 'Ada Lovelace' }, { text: 'Alan Turing 0001' }] },
  ])('are read from %j', (written) => {
    expect(toCredits(readAuthors(written) ?? []).authors).toEqual(TWO);
  });

  it.each([
    ['Ada Lovelace, Alan Turing, and Bo Li', ['Ada Lovelace', 'Alan Turing', 'Bo Li']],
    ['Lovelace, Ada', ['Ada Lovelace']],
    ['van Dyke, Mary Ann', ['Mary Ann van Dyke']],
    ['Garcia Marquez, G. J.', ['G. J. Garcia Marquez']],
    ['Plato', ['Plato']],
    ['Ada Lovelace, Alan Turing, et al.', ['Ada Lovelace', 'Alan Turing', 'et al.']],
    ['Ada Lovelace, Alan Turing and others', ['Ada Lovelace', 'Alan Turing', 'et al.']],
    ['Lovelace, Ada and Turing, Alan and others', ['Ada Lovelace', 'Alan Turing', 'et al.']],
    ['Lovelace, A. et al. (12 additional authors not shown)', ['A. Lovelace', 'et al.']],
    ['et al.', ['et al.']],
    ['The ALICE Collaboration', ['The ALICE Collaboration']],
  ])('are told apart in %j', (written, names) => {
    expect(toCredits(readAuthors(written) ?? []).authors).toEqual(names);
  });

  it('are all read from one text, however many', () => {
    const names = Array.from(
      { length: 3_000 },
      (_, n) => `Ada ${String.fromCharCode(65 + (n % 26))}. Lovelace${'a'.repeat(n % 40)}${lettersOf(n)}`,
    );
    for (const separator of [', ', '; ', ' and ']) {
      expect(toCredits(readAuthors(names.join(separator)) ?? []).authors).toEqual(names);
    }
  });

  it('are read in a moment from a long text of separators only', () => {
    for (const piece of [' ', ',', ' and', ' for', ' et al.', '; ', '(', "['", '\n ']) {
      const text = `a${piece.repeat(1_000_000 / piece.length)}b`;
      const took = leastCpuTime(1_000, () => readAuthors(text));
      expect(took, piece).toBeLessThan(1_000);
    }
  });

  it.each([7, [7], [{ orcid: '1' }], true, { count: 2 }])('are not read from %j', (written) => {
    expect(readAuthors(written)).toBeUndefined();
  });
});
