import { expect, it } from 'vitest';
import { newPaper } from '../../../src/papers/merge.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { chooseSnippet, toHit, toSentences } from '../../../src/search/ranking/hits.ts';
import { termOf } from '../../../src/search/text/term-vector.ts';
import { foldedWords, foldWord, stemOf } from '../../../src/search/text/words.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { importRecorded } from '../../support/recorded-papers.ts';

const asked = (words: readonly string[]) =>
  words.map((text, n) => ({ text, term: termOf(stemOf(foldWord(text))), weight: 1 + n }));

it('a hit shows the same sentence as if all its words were read', async () => {
  const connection = await openTestDatabase();
  await importRecorded(connection, fakeClock('2026-05-29T12:00:00Z'));
  const ids = connection.prepare<[], string>('SELECT id FROM papers').pluck().all();
  const papers = await openPaperStore(connection).findMany(ids);
  const different: string[] = [];
  let shown = 0;
  for (const [at, paper] of papers.entries()) {
    const other = foldedWords(papers[(at + 7) % papers.length]?.abstract ?? '').slice(10, 13);
    for (const words of [foldedWords(paper.title).slice(0, 3), other, ['k-NN', 'C++'], ['studies']]) {
      const terms = asked(words);
      const only = new Set(terms.map(({ term }) => term));
      const expected = chooseSnippet(toSentences(paper.abstract, only), terms);
      const { snippet } = toHit(paper, { pk: 1, score: 1 }, terms);
      if (snippet !== undefined) shown += 1;
      if (snippet !== expected) different.push(`${words.join(' ')}: ${paper.id}`);
    }
  }
  expect(different).toEqual([]);
  expect(shown).toBeGreaterThan(papers.length);
});

it('words of a hit are found in all their forms', () => {
  const abstract = 'It studies self-attention. The A* search is $k$-NN. Other work is older.';
  const paper = newPaper('2401.00001', { title: 'A Title', abstract });
  const wordsOf = (...words: string[]) => toHit(paper, { pk: 1, score: 1 }, asked(words)).why?.words;
  expect(wordsOf('study')).toEqual(['study']);
  expect(wordsOf('selfattention')).toEqual(['selfattention']);
  expect(wordsOf('knn')).toEqual(['knn']);
  expect(wordsOf('banana')).toEqual([]);
});
