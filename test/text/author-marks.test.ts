import { describe, expect, it } from 'vitest';
import { withoutMarks } from '../../src/text/author-marks.ts';
import { toCredits } from '../../src/text/authors.ts';

const { raw } = String;

describe('marks of affiliations', () => {
  it.each([
    'Ada Lovelace1',
    'Ada Lovelace1,2',
    'Ada Lovelace 1,2',
    'Ada Lovelace1, 2, *',
    'Ada Lovelace1,a',
    'Ada Lovelace$^{1,2}$',
    'Ada Lovelace$^1$',
    raw`Ada Lovelace$^{\dagger}$`,
    raw`Ada Lovelace$^\dagger$`,
    raw`Ada Lovelace\textsuperscript{1,$\ast$}`,
    raw`Ada Lovelace\inst{1}`,
    raw`Ada Lovelace\footnotemark[1]`,
    'Ada Lovelace<sup>1,*</sup>',
    'Ada Lovelace^{1}',
    'Ada Lovelace^1,2',
    'Ada Lovelace*†',
    'Ada Lovelace *',
    'Ada Lovelace∗,1',
    'Ada Lovelace†1',
    'Ada Lovelace¹ ²',
    'Ada Lovelace¹˒²',
    'Ada Lovelace[1]',
    'Ada Lovelace (1,2)',
    'Ada Lovelace✉',
    '†Ada Lovelace',
  ])('are no part of “%s”', (name) => {
    expect(toCredits([name]).authors).toEqual(['Ada Lovelace']);
  });

  it.each([
    ['Lovelace A.¹', 'Lovelace A.'],
    ['Lovelace A.1', 'Lovelace A.'],
    ['Lovelace1, A.', 'Lovelace, A.'],
    ['王小明1,2', '王小明'],
    ['CMS Collaboration1', 'CMS Collaboration'],
    ['Ada Lovelace1,2, Bo Sample2,* and Cy Test3', 'Ada Lovelace, Bo Sample and Cy Test'],
    ['Ada Lovelace 1, Bo Sample 2', 'Ada Lovelace, Bo Sample'],
    ['Lovelace, A.1,2; Sample, B.*', 'Lovelace, A.; Sample, B.'],
  ])('leave of “%s” the names', (names, plain) => {
    expect(withoutMarks(names)).toBe(plain);
  });

  it.each([
    'X Æ A-12',
    'deadmau5',
    'J. Doe III',
    'Wei Wang 0001',
    'Agent GPT4',
    'Team Qwen3',
    'H4sh',
    'John Doe 3rd',
    'Studio 54',
    'Example, A., Sample, B.',
  ])('are not seen in “%s”', (name) => {
    expect(withoutMarks(name)).toBe(name);
  });
});
