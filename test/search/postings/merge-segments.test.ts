import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PageCache } from '../../../src/search/postings/page-cache.ts';
import { openSegment, type Segment } from '../../../src/search/postings/segment.ts';
import { markReplaced, SegmentSet } from '../../../src/search/postings/segment-set.ts';
import { mergeSegments } from '../../../src/search/postings/writing/merge-segments.ts';
import { temporaryFolder } from '../../support/database.ts';
import { openRandom, type RandomPaper, randomPaper, randomTerm, rankAll, writeSegment } from './corpus.ts';

const VOCABULARY = 2_000;

/** Segments that change and remove papers of each other, and the papers that are left. */
function writeRandom(folder: string, seed: number) {
  const random = openRandom(seed);
  const papers = new Map<number, RandomPaper>();
  const segments = [900, 300, 400, 50].map((size, position): Segment => {
    const removed = new Set<number>();
    const batch = new Map<number, RandomPaper>();
    for (let n = 0; n < size; n++) {
      const key = 1 + random(1_500);
      if (random(6) === 0) removed.add(key);
      else batch.set(key, randomPaper(random, VOCABULARY));
    }
    for (const key of removed) {
      batch.delete(key);
      papers.delete(key);
    }
    for (const [key, paper] of batch) papers.set(key, paper);
    const name = `${position}.postings`;
    writeSegment(join(folder, name), batch, { removed: [...removed] });
    return openSegment(join(folder, name), name, 1);
  });
  markReplaced(segments);
  return { random, papers, segments };
}

describe('merging segments', () => {
  for (const [from, to] of [
    [0, 4],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 4],
  ] as const) {
    it(`changes no result: segments ${from} to ${to - 1} of four`, async () => {
      const folder = temporaryFolder();
      const { random, papers, segments } = writeRandom(folder, from * 10 + to);
      const path = join(folder, 'merged.postings');
      const merged = segments.slice(from, to);
      let pauses = 0;
      const bytes = await mergeSegments({
        path,
        form: 1,
        segments: merged,
        isOldest: from === 0,
        pause: async () => void pauses++,
      });
      expect(bytes).toBe(statSync(path).size);
      expect(pauses).toBeGreaterThan(0);
      const next = [...segments.slice(0, from), openSegment(path, 'merged', 1), ...segments.slice(to)];
      markReplaced(next);
      const set = new SegmentSet(next, new PageCache(0));
      expect(set.papers).toBe(papers.size);
      for (let n = 0; n < 40; n++) {
        const terms = Array.from({ length: 1 + random(6) }, () => ({
          term: randomTerm(random, VOCABULARY),
          weight: 1 + random(100) / 10,
        }));
        const wanted = { profile: 'question', limit: 200 } as const;
        expect(set.rank(terms, wanted)).toEqual(rankAll(papers, terms, { ...wanted, average: set.average }));
      }
    });
  }
});
