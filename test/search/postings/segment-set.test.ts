import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/search/postings/impact.ts';
import type { Matching } from '../../../src/search/postings/matching.ts';
import { PageCache } from '../../../src/search/postings/page-cache.ts';
import { openSegment } from '../../../src/search/postings/segment.ts';
import { markReplaced, SegmentSet } from '../../../src/search/postings/segment-set.ts';
import type { WeightedTerm } from '../../../src/search/ranking/bm25.ts';
import { temporaryFolder } from '../../support/database.ts';
import {
  matchAll,
  openRandom,
  type RandomPaper,
  randomPaper,
  randomTerm,
  rankAll,
  writeSegment,
} from './corpus.ts';

type Random = ReturnType<typeof openRandom>;

/** Segments of random papers, of which later ones replace and remove papers of earlier ones. */
function openRandomSet(random: Random, sizes: readonly number[], vocabulary: number) {
  const folder = temporaryFolder();
  const papers = new Map<number, RandomPaper>();
  const segments = sizes.map((size, position) => {
    const name = `${position}.postings`;
    const batch = new Map<number, RandomPaper>();
    const removed = new Set<number>();
    for (let n = 0; n < size; n++) {
      const key = 1 + random(position === 0 ? size * 3 : (sizes[0] ?? 1) * 4);
      if (position > 0 && random(5) === 0) removed.add(key);
      else batch.set(key, randomPaper(random, vocabulary));
    }
    for (const key of removed) {
      batch.delete(key);
      papers.delete(key);
    }
    for (const [key, paper] of batch) papers.set(key, paper);
    writeSegment(join(folder, name), batch, { removed: [...removed] });
    return openSegment(join(folder, name), name, 1);
  });
  markReplaced(segments);
  // As few pages as possible, so that they are evicted in the middle of a search.
  return { papers, set: new SegmentSet(segments, new PageCache(0)) };
}

function randomTerms(random: Random, count: number, vocabulary: number): WeightedTerm[] {
  return Array.from({ length: count }, () => ({
    term: randomTerm(random, vocabulary),
    weight: 0.01 + random(1_000) / 100,
  }));
}

function randomMatching(random: Random, vocabulary: number, depth = 2): Matching {
  const some = () =>
    Array.from({ length: 1 + random(3) }, () => randomMatching(random, vocabulary, depth - 1));
  const kind = depth === 0 ? 0 : random(4);
  if (kind === 1) return { any: some() };
  if (kind >= 2) return { all: some(), ...(kind === 3 && { none: some() }) };
  return { term: randomTerm(random, vocabulary) };
}

const CORPORA = [
  { sizes: [1], vocabulary: 50 },
  { sizes: [300, 40, 7], vocabulary: 400 },
  { sizes: [9_000], vocabulary: 3_000 },
  { sizes: [6_000, 4_500, 300, 1], vocabulary: 60 },
  { sizes: [5_000, 100, 100], vocabulary: 20_000 },
] as const;

describe('a search over segments', () => {
  for (const [seed, { sizes, vocabulary }] of CORPORA.entries()) {
    const name = `${sizes.join(' + ')} papers with ${vocabulary} terms`;

    it(`ranks as if it read every paper: ${name}`, () => {
      const random = openRandom(seed);
      const { papers, set } = openRandomSet(random, sizes, vocabulary);
      for (let n = 0; n < 30; n++) {
        const terms = randomTerms(random, 1 + random(n % 10 === 0 ? 80 : 12), vocabulary);
        const limit = [1, 10, 200, 20_000][random(4)] ?? 1;
        for (const profile of PROFILES) {
          const wanted = { profile, limit };
          expect(set.rank(terms, wanted)).toEqual(
            rankAll(papers, terms, { ...wanted, average: set.average }),
          );
        }
      }
    });

    it(`ranks only papers that pass, as if it read every paper: ${name}`, () => {
      const random = openRandom(seed + 100);
      const { papers, set } = openRandomSet(random, sizes, vocabulary);
      for (let n = 0; n < 30; n++) {
        const terms = randomTerms(random, random(8), vocabulary);
        const step = 1 + random(7);
        const restriction = {
          ...(random(3) > 0 && { matching: randomMatching(random, vocabulary) }),
          ...(random(3) === 0 && {
            among: Uint32Array.from(papers.keys())
              .sort()
              .filter((key) => key % step === 0),
          }),
          ...(random(3) === 0 && { passes: (pk: number) => pk % 3 !== 0 }),
        };
        const wanted = { profile: 'question', limit: 1 + random(300), ...restriction } as const;
        expect(set.rank(terms, wanted)).toEqual(rankAll(papers, terms, { ...wanted, average: set.average }));
      }
    });

    it(`finds all papers that match and no others: ${name}`, () => {
      const random = openRandom(seed + 200);
      const { papers, set } = openRandomSet(random, sizes, vocabulary);
      for (let n = 0; n < 30; n++) {
        const matching = randomMatching(random, vocabulary);
        const among = n % 4 === 0 ? Uint32Array.from(papers.keys()).sort().slice(0, 40) : undefined;
        const all = matchAll(papers, matching, among);
        const restriction = { matching, ...(among && { among }) };
        expect(set.match(restriction, 1_000_000).sort((a, b) => a - b)).toEqual(all);
        expect(set.match(restriction, 5)).toHaveLength(Math.min(5, all.length));
      }
    });
  }

  it('counts the papers that exist', () => {
    const { papers, set } = openRandomSet(openRandom(9), [2_000, 500, 20], 100);
    expect(set.papers).toBe(papers.size);
  });
});
