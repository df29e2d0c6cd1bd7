import { describe, expect, it } from 'vitest';
import { PaperTermCounter } from '../../../src/search/postings/writing/paper-terms.ts';
import type { TextOfTermVector } from '../../../src/search/text/term-vector.ts';
import { expectedTerms } from './expected-terms.ts';

function counted(counter: PaperTermCounter, paper: TextOfTermVector) {
  const { length, terms, frequencies, count } = counter.count(paper);
  const sorted = Array.from({ length: count }, (_, at) => at).sort(
    (a, b) => (terms[a] ?? 0) - (terms[b] ?? 0),
  );
  return { length, terms: sorted.map((at) => [terms[at], frequencies[at]]) };
}

function expected(paper: TextOfTermVector) {
  return { length: paper.title.length + paper.abstract.length, terms: [...expectedTerms(paper)] };
}

const PAPERS: readonly TextOfTermVector[] = [
  { title: '', abstract: '' },
  { title: 'The Cat', abstract: 'A cat of the cats; categories.', authors: 'Cat Stevens\nYusuf Cat' },
  { title: 'State-of-the-art pre-training', abstract: 'Pretraining of pre‑trained k-NN and GPT-4-turbo.' },
  {
    title: 'C++ and $\\alpha$-divergence',
    abstract: 'CO$_2$, R², Łódź, naïve Poincaré, `A*`',
    authors: 'Łukasz Kaiser',
  },
  { title: '大模型的推理', abstract: '大模型 for 推論 and 자연어 처리', authors: '王伟' },
  { title: 'many', abstract: 'many '.repeat(300), authors: 'many\n'.repeat(400) },
  {
    title: 'a text of many words',
    abstract: Array.from({ length: 5_000 }, (_, n) => `word${n * 7}`).join(' '),
  },
];

describe('counting the terms of a paper', () => {
  it('gives the terms and counts of its term vector, and those of neighbours', () => {
    const counter = new PaperTermCounter();
    for (const paper of [...PAPERS, ...PAPERS.toReversed()])
      expect(counted(counter, paper)).toEqual(expected(paper));
  });

  it('gives the same after more words than it remembers', () => {
    const counter = new PaperTermCounter();
    for (let n = 0; n < 30; n++) {
      const abstract = Array.from({ length: 5_000 }, (_, word) => `running${n}x${word}`).join(' ');
      expect(counted(counter, { title: '', abstract })).toEqual(expected({ title: '', abstract }));
    }
    for (const paper of PAPERS) expect(counted(counter, paper)).toEqual(expected(paper));
  });
});
