import { describe, expect, it } from 'vitest';
import { saysWithdrawn } from '../../src/papers/withdrawal.ts';
import { leastCpuTime } from '../support/cpu-time.ts';

const says = (comment: string) => saysWithdrawn({ title: 'A Title', abstract: 'We study it.', comment });

describe('a paper', () => {
  it.each([
    'This paper has been withdrawn',
    'This paper has been withdrawn by the author due to a crucial sign error in equation 1',
    '5 pages, 1 figures. This paper has been withdrawn by the author due to emphasis of other articles',
    'The paper has been withdrawn by the authors.',
    'This submission has been withdrawn by arXiv administrators because it contains fictitious content',
    'arXiv admin note: This submission has been withdrawn due to disputed authorship',
    'THIS ARTICLE HAS BEEN TEMPORARILY WITHDRAWN',
    'This manuscript was withdrawn by the authors',
    'This work has been withdrawn from arXiv by the authors',
    'This version has been removed by arXiv administrators',
    'The authors have withdrawn this paper',
    'We withdraw this paper because of an error in Section 4',
    'Withdrawn',
    '[withdrawn]',
    '10 pages; withdrawn',
    'Withdrawn due to an error in the proof of Theorem 2',
    'Withdrawn, superseded by arXiv:2001.00001',
    'paper withdrawn',
    'RETRACTED',
    'Removed by arXiv administrators',
    'The results are wrong and the paper has been withdrawn',
    'Error found, paper withdrawn',
    'has been withdrawn due to an error',
    'This paper needs to be withdrawn',
    'Please withdraw this paper',
    'This paper has been formally withdrawn by the author',
  ])('whose remark is “%s” was withdrawn', (comment) => expect(says(comment)).toBe(true));

  it.each([
    '23 pages, 8 figures',
    'Replaces the withdrawn arXiv:0801.0001',
    'supersedes arXiv:1234.5678, which has been withdrawn',
    'The previous version was withdrawn; 12 pages',
    'Withdrawn from ICLR 2024; now at TMLR',
    'This paper was withdrawn from NeurIPS 2023 and extended',
    'This paper studies withdrawn drugs',
    'Accepted at the Workshop on Withdrawn Products',
    'Previously submitted to a conference and formally withdrawn',
    'Not withdrawn',
    'This paper was retracted from ICML and appears in JMLR',
    'This paper had been withdrawn in v2 and is restored in v3',
    'Removed by us: the second figure',
    'We retracted a claim and the paper is shorter',
  ])('whose remark is “%s” stands', (comment) => expect(says(comment)).toBe(false));

  it('whose abstract or title says so in its place was withdrawn', () => {
    const of = (title: string, abstract: string) => saysWithdrawn({ title, abstract });
    expect(of('A Title', 'This paper has been withdrawn by the author. It had an error.')).toBe(true);
    expect(of('[Withdrawn] A Title', 'We study it.')).toBe(true);
    expect(of('RETRACTED ARTICLE: A Title', 'We study it.')).toBe(true);
    expect(of('Retracted Papers Are Still Cited', 'Retracted papers are cited.')).toBe(false);
    expect(of('A Title', 'We study drugs. They have been withdrawn by their makers.')).toBe(false);
    expect(of('Why Papers Are Withdrawn', 'Papers are withdrawn by authors for many reasons.')).toBe(false);
  });

  it.each([
    ...[
      'Retraction: A Title',
      'Retraction Note to: A Title',
      'Retraction notice to "A Title"',
      'WITHDRAWN: A Title',
    ],
    ...['Notice of Retraction: A Title', 'Retraction of “A Title”', 'Retraction for Smith et al., A Title'],
    ...[
      'Withdrawn – A Title',
      'A Title - withdrawn',
      'A Title: Withdrawn',
      'A Title (withdrawn by the author)',
    ],
    ...['***WITHDRAWN*** A Title', '<b>Withdrawn</b> A Title', 'Article withdrawn: A Title', 'Withdrawn'],
    ...['Temporary Removal: A Title', 'A Title. [This paper was withdrawn]', 'This paper has been withdrawn'],
  ])('whose title is marked was withdrawn: %s', (title) => {
    expect(saysWithdrawn({ title, abstract: 'We study it.' })).toBe(true);
  });

  it.each([
    ...[
      'Retraction notices as a genre',
      'A study of retraction notices: what they say',
      'Retraction Watch: lessons',
    ],
    ...['Retraction-Free Optimization over the Stiefel Manifold', 'Deformation retraction: theory'],
    ...['Withdrawal: the case of opioids', 'Withdrawn drugs: a database', 'Why was this paper withdrawn?'],
    ...[
      'Notice of retraction as speech act',
      'Retraction of the pion form factor',
      'Retracted, but Still Cited',
    ],
    ...[
      'Removed edges: a study',
      'Retraction maps: a seed of integrators',
      'Blockchain: withdrawal of coins',
    ],
  ])('that is about retraction was not: %s', (title) => {
    expect(saysWithdrawn({ title, abstract: 'We study it.' })).toBe(false);
  });

  it('with a remark that is made to be slow is read at once', () => {
    for (const piece of [
      'this paper has been ',
      'the authors have ',
      'withdrawn from ',
      'withdr ',
      '. ',
      ' - ',
      ': ',
      '[(a',
      '*<b>',
    ]) {
      const took = leastCpuTime(500, () => {
        says(piece.repeat(40_000));
        saysWithdrawn({ title: `retract ${piece.repeat(40_000)}`, abstract: '' });
      });
      expect(took, piece).toBeLessThan(500);
    }
  });
});
