import { describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { isNamed } from '../../../src/search/query/author.ts';
import { readQuery } from '../../../src/search/query/query.ts';
import { allInTextOf } from '../../../src/search/query/word-match.ts';
import { EVERYTHING } from '../../../src/search/retrieval/filter-store.ts';
import { openSomeWords } from '../../../src/search/retrieval/newest-store.ts';
import { foldedWords } from '../../../src/search/text/words.ts';
import { toDocument } from '../../../src/watches/matching/document.ts';
import { openWatchIndex } from '../../../src/watches/matching/watch-index.ts';
import type { WatchTerms } from '../../../src/watches/watch.ts';
import { openTestDatabase } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { importRecorded } from '../../support/recorded-papers.ts';

const PAPERS = 500;
/** More than all papers of the sample. */
const MOST_FOUND = 10_000;
const WATCHES = 2_000;

async function readPapers(connection: DatabaseConnection): Promise<Paper[]> {
  const { records } = await openPaperStore(connection).exportSlice(0, PAPERS);
  return records.map((record) => ({ categories: [], keywords: [], authors: [], id: '', ...record }));
}

/** What search finds, asked for each watch alone: the texts, and every author's name. */
function openNaive(connection: DatabaseConnection, papers: readonly Paper[]) {
  const words = openSomeWords(connection);
  const idOf = new Map(connection.prepare<[], [number, string]>('SELECT pk, id FROM papers').raw().all());
  const matching = (text: string) =>
    words.listed(allInTextOf(readQuery(text)), 'newest', EVERYTHING, MOST_FOUND);
  return ({ text, author, category = '' }: WatchTerms): string[] => {
    const byText = text === undefined ? undefined : new Set(matching(text).map((pk) => idOf.get(pk)));
    const name = foldedWords(author ?? '');
    const lower = category.toLowerCase();
    return papers
      .filter(({ id }) => byText === undefined || byText.has(id))
      .filter(({ authors }) => name.length === 0 || authors.some((each) => isNamed(each, name)))
      .filter(({ categories }) =>
        category === '' ? true : categories.some((each) => `${each.toLowerCase()}.`.startsWith(`${lower}.`)),
      )
      .map(({ id }) => id)
      .toSorted();
  };
}

function openTermsMaker(papers: readonly Paper[], seed: number) {
  const next = seededRandom(seed);
  const below = (count: number) => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const piece = (words: number): string => {
    const { title, abstract } = pick(papers);
    const all = `${next() < 0.5 ? title : abstract}`.split(/\s+/u);
    const at = below(Math.max(1, all.length - words));
    return all
      .slice(at, at + words)
      .join(' ')
      .replace(/["“”]/gu, '');
  };
  const parts = [
    () => piece(1),
    () => piece(1),
    () => piece(2),
    () => `"${piece(2)}"`,
    () => `"${piece(3)}"`,
    () => `-${piece(1).replace(/^\W+/u, '')}`,
  ];
  return (): WatchTerms => {
    const text = Array.from({ length: below(3) + 1 }, () => pick(parts)()).join(' ');
    const author = next() < 0.2 ? pick(pick(papers).authors) : undefined;
    const category = next() < 0.1 ? pick(['cs.LG', 'cs', 'CS.cv', 'q-bio', 'stat.ML']) : undefined;
    const isNameOnly = author !== undefined && next() < 0.5;
    const words = author?.split(' ') ?? [];
    const named = next() < 0.5 ? author : words.at(-1);
    return {
      ...(!isNameOnly && readQuery(text).units.length > 0 && { text }),
      ...(named !== undefined && { author: named }),
      ...(category !== undefined && { category }),
    };
  };
}

describe('the index of all watches', () => {
  it('finds the same papers as search does for each watch alone, for 2,000 watches and 500 recorded papers', async () => {
    const connection = await openTestDatabase();
    await importRecorded(connection, fakeClock('2026-05-29T12:00:00Z'));
    // The sample has no categories.
    connection.exec(
      `UPDATE papers SET categories = CASE pk % 3 WHEN 0 THEN '["cs.LG"]' WHEN 1 THEN '["cs.CV","stat.ML"]' ELSE '["q-bio"]' END`,
    );
    const papers = await readPapers(connection);
    expect(papers).toHaveLength(PAPERS);
    const naive = openNaive(connection, papers);
    const known = new Set(papers.map(({ id }) => id));
    const makeTerms = openTermsMaker(papers, 11);
    const watches = Array.from({ length: WATCHES }, makeTerms).filter(
      (terms) => Object.keys(terms).length > 0,
    );
    const index = openWatchIndex();
    for (const [id, terms] of watches.entries()) index.add(id, terms);
    const found = new Map<number, string[]>();
    for (const paper of papers) {
      for (const { id } of index.matching(toDocument(paper)))
        found.set(id, [...(found.get(id) ?? []), paper.id]);
    }
    const differing = watches.flatMap((terms, id) => {
      const expected = naive(terms).filter((each) => known.has(each));
      const actual = (found.get(id) ?? []).toSorted();
      return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ terms, expected, actual }];
    });
    expect(differing).toEqual([]);
    expect(found.size).toBeGreaterThan(WATCHES / 3);
  });

  it('no longer finds a watch that was removed', () => {
    const index = openWatchIndex();
    const document = toDocument({ title: 'Protein design', abstract: '', authors: [], categories: [] });
    index.add(1, { text: 'protein' });
    index.add(2, { text: 'protein design' });
    index.remove(1);
    expect(index.matching(document).map(({ id }) => id)).toEqual([2]);
    expect(index.has(1)).toBe(false);
  });

  it('takes any text without failing', () => {
    const index = openWatchIndex();
    const document = toDocument({ title: 'A title', abstract: 'An abstract.', authors: [], categories: [] });
    let id = 0;
    for (const text of hostileTexts(500, 5)) {
      index.add(id++, { text, author: text, category: text });
      index.matching(toDocument({ title: text, abstract: text, authors: [text], categories: [text] }));
    }
    expect(index.matching(document).length).toBeLessThan(id);
  });
});
