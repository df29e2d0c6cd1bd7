import { expect, it } from 'vitest';
import { readQuery } from '../../../src/search/query/query.ts';
import { allInTextOf, allOf, anyOf } from '../../../src/search/query/word-match.ts';
import { openFts } from '../../../src/search/retrieval/candidate-store.ts';
import { EVERYTHING } from '../../../src/search/retrieval/filter-store.ts';
import { openNewestPapers } from '../../../src/search/retrieval/newest-store.ts';
import type { SearchQuery } from '../../../src/search/search.ts';
import { openTestSqlite } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { importRecorded } from '../../support/recorded-papers.ts';
import { bringPapers } from '../word-index/index-harness.ts';

const MOST = 5_000;
const QUERIES: ReadonlyArray<SearchQuery['text']> = [
  'attention',
  'sparse attention models',
  'pre-training',
  'k-NN',
  '"language models" -vision',
  '"we propose"',
  'the',
  'networks -"neural networks"',
  'Poincaré',
  '大模型',
  'nothing like this',
];
const BEGUN = ['languag', 'att', 'self-att', 'diffusion mod', 'learning', 'gp'];
const NAMED = ['zhang', 'li', 'wei wang', 'j smith', 'yuan zha', 'müller'];

it('the newest papers are found by the same words as in FTS5', async () => {
  const connection = await openTestSqlite();
  await importRecorded(connection, fakeClock('2026-05-29T12:00:00Z'));
  const newest = openNewestPapers(connection, MOST);
  const fts = openFts(connection);
  const sorted = (keys: readonly number[]) => keys.toSorted((a, b) => a - b);
  for (const text of QUERIES) {
    const typed = readQuery(text);
    const scored = { terms: [] };
    for (const match of [anyOf(typed, typed.words), allOf(typed), allInTextOf(typed)]) {
      const expected = sorted(fts.ranked(match, scored, EVERYTHING, MOST));
      expect(sorted(newest.ranked(match, scored, EVERYTHING, MOST)), text).toEqual(expected);
      expect(newest.listed(match, 'newest', EVERYTHING, 7)).toEqual(
        fts.listed(match, 'newest', EVERYTHING, 7),
      );
      expect(newest.count(match, EVERYTHING, 9)).toBe(fts.count(match, EVERYTHING, 9));
      const keys = Array.from({ length: 100 }, (_, at) => at * 3);
      expect(sorted(newest.among(match, keys))).toEqual(sorted(fts.among(match, keys)));
    }
  }
  for (const stem of ['attent', 'model', 'the', 'none-such'])
    expect(newest.papersWith(stem), stem).toBe(fts.papersWith(stem));
  // FTS5 also finds some that only seem to.
  for (const [field, texts] of [
    ['title', BEGUN],
    ['authors', NAMED],
  ] as const) {
    for (const text of texts) {
      const words = text.split(/[ -]/);
      const [beginning = ''] = words.splice(-1);
      const all = new Set(fts.inField(field, words, beginning));
      const found = newest.inField(field, words, beginning);
      expect(
        found.every((pk) => all.has(pk)),
        text,
      ).toBe(true);
      expect(found.length > 0, text).toBe(all.size > 0);
    }
  }
});

it('a paper is found as it is now, and the newest ones only', async () => {
  const connection = await openTestSqlite();
  const newest = openNewestPapers(connection, 2);
  const titled = (n: number, title: string) => ({ id: `2401.0000${n}`, title, abstract: '', version: n });
  await bringPapers(connection, [titled(1, 'Whales'), titled(2, 'Whales swim'), titled(3, 'Whales sleep')]);
  expect(newest.holders('whale')).toEqual([3, 2]);
  await bringPapers(connection, [{ ...titled(3, 'Dolphins'), version: 9 }]);
  expect(newest.holders('whale')).toEqual([2]);
  expect(newest.among({ any: ['whale'], all: [], none: [] }, [1, 2, 3])).toEqual([2, 1]);
});
