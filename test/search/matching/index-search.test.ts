import { expect, it } from 'vitest';
import { openIndexSearch } from '../../../src/search/matching/index-search.ts';
import { readQuery } from '../../../src/search/query/query.ts';
import { anyOf } from '../../../src/search/query/word-match.ts';
import { openCategoryStore } from '../../../src/search/retrieval/category-store.ts';
import { EVERYTHING, openFilterStore } from '../../../src/search/retrieval/filter-store.ts';
import { openTermStore } from '../../../src/search/retrieval/term-store.ts';
import { temporaryFolder } from '../../support/database.ts';
import { openSearched } from '../search-harness.ts';
import { openTestReader, openTestWriter, syncFully } from '../word-index/index-harness.ts';

const FIRST_YEAR = 2001;
const YEARS = 20;
/** More than are wanted, so that those of few years are not read as keys. */
const COUNT = 45_000;
const WANTED = 200;

const yearOf = (n: number) => FIRST_YEAR + ((n * 7) % YEARS);
const PAPERS = Array.from({ length: COUNT }, (_, n) => ({
  id: `${2401 + Math.floor(n / 90_000)}.${10_000 + n}`,
  title: `Attention ${n}`,
  abstract: `${'attention '.repeat((n * 31) % 11)}${'other words '.repeat((n * 17) % 13)}`,
  published: `${yearOf(n)}-05-01`,
}));

it('the best papers of the last years are those of the best papers of all, in their order', async () => {
  const { connection } = await openSearched(PAPERS);
  const folder = temporaryFolder();
  await syncFully(openTestWriter(connection, folder));
  const index = openTestReader(folder);
  const typed = readQuery('attention and other words');
  const match = anyOf(typed, typed.words);
  const scored = { terms: openTermStore(connection, index).weigh(typed.words) };
  const filters = openFilterStore(connection, openCategoryStore(connection), () => []);
  const { ranked } = openIndexSearch(connection, index);
  const all = ranked(match, scored, EVERYTHING, COUNT) ?? [];
  expect(all).toHaveLength(COUNT);
  for (const year of [2001, 2002, 2010, 2015, 2019, 2020]) {
    const condition = filters.toCondition({ since: `${year}-01-01` });
    expect(condition.keys).toBeUndefined();
    // Papers are stored in order, so the key of one is its place.
    const expected = all.filter((pk) => yearOf(pk - 1) >= year).slice(0, WANTED);
    expect(ranked(match, scored, condition, WANTED), `since ${year}`).toEqual(expected);
  }
});
