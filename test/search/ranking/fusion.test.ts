import { describe, expect, it } from 'vitest';
import { fuseScores } from '../../../src/search/ranking/fusion.ts';
import { pack, toUnit } from '../../../src/search/text/vector.ts';

const unit = (...values: number[]) => toUnit(Float32Array.from(values)) ?? new Float32Array();
const packed = (...values: number[]) => pack(Float32Array.from(values));
const sums = (fused: ReturnType<typeof fuseScores>) => fused.map(({ words, semantic }) => words + semantic);

describe('the combined score by words and by meaning', () => {
  it('uses only words without a vector, with a weight of zero, and if all cosines are equal', () => {
    const vectors = [packed(1, 0), packed(0, 1)];
    const words = [4, 2];
    const alone = [
      { words: 1, semantic: 0 },
      { words: 0.5, semantic: 0 },
    ];
    expect(fuseScores(words, vectors, undefined)).toEqual(alone);
    expect(fuseScores(words, vectors, { vector: unit(0, 1), weight: 0 })).toEqual(alone);
    const [first = 0, second = 0] = sums(
      fuseScores(words, [packed(1, 1), packed(1, 1)], { vector: unit(0, 1), weight: 0.5 }),
    );
    expect(first - second).toBeCloseTo(0.25, 9);
  });

  it('is between 0 and 1 for any scores and cosines', () => {
    for (const scale of [1e-6, 1, 1e6]) {
      const words = [3, 2, 0].map((score) => score * scale);
      const fused = fuseScores(words, [packed(1, 0), packed(-1, 0.1), packed(0.9, 0.4)], {
        vector: unit(1, 0),
        weight: 0.3,
      });
      for (const sum of sums(fused)) {
        expect(sum).toBeGreaterThanOrEqual(0);
        expect(sum).toBeLessThanOrEqual(1);
      }
      expect(fused[0]).toEqual({ words: 0.7, semantic: 0.3 });
    }
    expect(fuseScores([], [], { vector: unit(1, 0), weight: 0.3 })).toEqual([]);
    expect(
      sums(fuseScores([0, 0], [packed(1, 0), packed(0, 1)], { vector: unit(1, 0), weight: 0.2 })),
    ).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0, 6)]);
  });

  it('ranks the closer of two papers with equal word scores first', () => {
    const [far = 0, near = 0] = sums(
      fuseScores([2, 2], [packed(0, 1), packed(1, 0)], { vector: unit(1, 0.2), weight: 0.2 }),
    );
    expect(near).toBeGreaterThan(far);
  });

  it('gives a paper without a vector a medium closeness', () => {
    const [, , unplaced] = fuseScores([2, 2, 2], [packed(0, 1), packed(1, 0), undefined], {
      vector: unit(1, 0),
      weight: 0.4,
    });
    expect(unplaced?.semantic).toBeCloseTo(0.2, 9);
  });

  it('is not affected by papers outside the hundred best by words', () => {
    const vector = unit(1, 0);
    const near = Array.from({ length: 100 }, (_, at) => packed(100 - at, 20 + at));
    const words = near.map((_, at) => 200 - at);
    const alone = fuseScores(words, near, { vector, weight: 0.4 });
    const beside = fuseScores([...words, 1], [...near, packed(-1, 0)], { vector, weight: 0.4 });
    expect(beside.slice(0, 100)).toEqual(alone);
    expect(beside[100]?.semantic).toBe(0);
    const counted = fuseScores([...words, 300], [...near, packed(-1, 0)], { vector, weight: 0.4 });
    expect(counted[50]?.semantic).toBeGreaterThan(alone[50]?.semantic ?? 1);
  });

  it('of the other papers is the same whether or not the text that was pasted is stored', () => {
    const semantic = { vector: unit(1, 0), weight: 0.3 };
    const vectors = [packed(1, 0.3), packed(0.5, 1), packed(-0.2, 1)];
    const alone = fuseScores([9, 6, 5], vectors, semantic);
    const [, ...others] = fuseScores([40, 9, 6, 5], [packed(1, 0), ...vectors], semantic, 0);
    expect(others).toEqual(alone);
  });

  it('moves the query towards the best results, so papers like them come before others that are as close', () => {
    // The first two are the best results. Of the last two, equally close to the query, one is similar to
    // those.
    const vector = unit(1, 0, 0);
    const vectors = [
      packed(1, 0.8, 0),
      packed(1, 0.8, 0),
      packed(1, 1, 0),
      packed(1, 0, 1),
      packed(-1, 0, 0),
    ];
    const [, , like = 0, other = 0] = sums(fuseScores([9, 9, 1, 1, 1], vectors, { vector, weight: 0.5 }));
    expect(like).toBeGreaterThan(other);
  });
});
