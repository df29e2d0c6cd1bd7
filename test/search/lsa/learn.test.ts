import { describe, expect, it } from 'vitest';
import { openBags } from '../../../src/search/lsa/bag.ts';
import { decompose, type TermMatrix } from '../../../src/search/lsa/decompose.ts';
import { learn } from '../../../src/search/lsa/learn.ts';
import { embedTerms } from '../../../src/search/lsa/model.ts';
import { fromModelBytes, toModelBytes } from '../../../src/search/lsa/model-bytes.ts';
import { toTermVector } from '../../../src/search/text/term-vector.ts';
import { cosine, pack, toUnit } from '../../../src/search/text/vector.ts';
import { topicalPapers } from '../indexing/topics.ts';

const pause = async () => {};

/** @param rows one paper per row, one term per column */
function toMatrix(rows: readonly (readonly number[])[]): TermMatrix {
  const cells = rows.map((row) => row.flatMap((weight, term) => (weight === 0 ? [] : [{ term, weight }])));
  let end = 0;
  return {
    starts: Uint32Array.from([0, ...cells.map(({ length }) => (end += length))]),
    terms: Uint32Array.from(cells.flat(), ({ term }) => term),
    weights: Float32Array.from(cells.flat(), ({ weight }) => weight),
    vocabulary: rows[0]?.length ?? 0,
  };
}

/** Columns of a row-major matrix. Each is a direction, and its sign has no meaning. */
function directions(values: Float32Array, dimensions: number): number[][] {
  return Array.from({ length: dimensions }, (_, column) => {
    const direction = Array.from(values.filter((_value, at) => at % dimensions === column));
    const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    return direction.map((value) => value * Math.sign(largest));
  });
}

describe('the directions of latent semantic analysis', () => {
  it('match a matrix with known singular vectors', async () => {
    // Strang, Introduction to Linear Algebra, 7.2: [3 0; 4 5] has (1, 1) and (-1, 1), both over √2.
    const found = directions(
      await decompose(
        toMatrix([
          [3, 0],
          [4, 5],
        ]),
        { dimensions: 2, pause },
      ),
      2,
    );
    const half = Math.SQRT1_2;
    expect(found[0]).toEqual([expect.closeTo(half, 5), expect.closeTo(half, 5)]);
    expect(found[1]?.map(Math.abs)).toEqual([expect.closeTo(half, 5), expect.closeTo(half, 5)]);
    expect((found[1]?.[0] ?? 0) * (found[1]?.[1] ?? 0)).toBeCloseTo(-0.5, 5);
  });

  it('match the published ones for the nine titles of the original paper', async () => {
    // Deerwester et al. (1990), table 2 and the figures of their appendix: twelve terms in five titles about
    // people and machines and four about graphs. human, interface, computer, user, system, response, time,
    // EPS, survey, trees, graph, minors.
    const titles = [
      [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0],
      [0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0],
      [1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0],
      [0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1],
    ];
    const found = directions(await decompose(toMatrix(titles), { dimensions: 2, pause }), 2);
    const published = [
      [0.22, 0.2, 0.24, 0.4, 0.64, 0.27, 0.27, 0.3, 0.21, 0.01, 0.04, 0.03],
      [-0.11, -0.07, 0.04, 0.06, -0.17, 0.11, 0.11, -0.14, 0.27, 0.49, 0.62, 0.45],
    ];
    for (const [n, direction] of published.entries()) {
      for (const [term, value] of direction.entries()) {
        // The paper prints two digits.
        expect(Math.abs((found[n]?.[term] ?? 0) - value), `${n} ${term}`).toBeLessThan(0.0051);
      }
    }
  });

  it('are zero beyond the rank of the papers, and never NaN', async () => {
    const same = Array.from({ length: 5 }, () => [1, 2, 0, 2]);
    const [first, ...others] = directions(await decompose(toMatrix(same), { dimensions: 4, pause }), 4);
    expect(first).toEqual([1 / 3, 2 / 3, 0, 2 / 3].map((value) => expect.closeTo(value, 5)));
    for (const direction of others) {
      for (const value of direction) expect(Math.abs(value)).toBeLessThan(1e-3);
    }
  });

  it('are the same each time', async () => {
    const matrix = toMatrix([
      [1, 2, 0, 1],
      [0, 1, 1, 3],
      [2, 0, 0, 1],
    ]);
    const once = await decompose(matrix, { dimensions: 2, pause });
    expect(await decompose(matrix, { dimensions: 2, pause })).toEqual(once);
  });
});

describe('bags of terms', () => {
  it('contain the counts of every paper, for any number of papers', () => {
    const papers = topicalPapers(2_500).map(({ title, abstract }, at) =>
      toTermVector(
        at === 7
          ? { title: '', abstract: '' }
          : { title, abstract: abstract.repeat(1 + (at % 3)), authors: 'Ada' },
      ),
    );
    const { add, bags } = openBags();
    for (const paper of papers) add(paper);
    const { starts, terms, counts } = bags();
    const held = papers.map((_, at) => ({
      terms: [...terms.subarray(starts[at], starts[at + 1])],
      counts: [...counts.subarray(starts[at], starts[at + 1])],
    }));
    expect(starts).toHaveLength(papers.length + 1);
    expect(held).toEqual(
      papers.map((paper) => ({
        terms: [...paper.terms].filter((_, at) => paper.counts[at] !== 0),
        counts: [...paper.counts].filter((count) => count !== 0),
      })),
    );
  });
});

describe('the built-in model', () => {
  const papers = topicalPapers(120);
  const learned = () => {
    const { add, bags } = openBags();
    for (const { title, abstract } of papers) add(toTermVector({ title, abstract }));
    return learn(bags(), { dimensions: 6, pause });
  };
  const vector = (model: Awaited<ReturnType<typeof learned>>, text: string) =>
    embedTerms(model, toTermVector({ title: '', abstract: text }));

  it('gives every text a vector of length 1, and none to a text without a known word', async () => {
    const model = await learned();
    for (const { title, abstract } of papers) {
      const vector = embedTerms(model, toTermVector({ title, abstract }));
      expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    }
    expect(vector(model, 'zzz qqq')).toBeUndefined();
    expect(vector(model, '')).toBeUndefined();
  });

  it('places words together that occur in similar papers, though never in the same one', async () => {
    const model = await learned();
    // In `topicalPapers`, no paper has both words of a pair.
    const near = cosine(
      vector(model, 'neuron') ?? new Float32Array(),
      pack(vector(model, 'synapse') ?? new Float32Array()),
    );
    const far = cosine(
      vector(model, 'neuron') ?? new Float32Array(),
      pack(vector(model, 'glacier') ?? new Float32Array()),
    );
    expect(near).toBeGreaterThan(0.5);
    expect(far).toBeLessThan(near - 0.5);
  });

  it('is the same after it was stored, and is ignored if it was stored in another format or only partly', async () => {
    const model = await learned();
    const bytes = toModelBytes(model);
    expect(fromModelBytes(bytes)).toEqual(model);
    // As the database returns it: anywhere in a buffer.
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(fromModelBytes(shifted)).toEqual(model);
    const other = bytes.slice();
    other[0] = 99;
    for (const wrong of [other, bytes.subarray(0, bytes.length - 1), new Uint8Array(0), new Uint8Array(5)]) {
      expect(fromModelBytes(wrong)).toBeUndefined();
    }
  });
});

describe('a packed vector', () => {
  it('keeps its direction precisely enough for a ranking', () => {
    const vector =
      toUnit(Float32Array.from({ length: 128 }, (_, n) => Math.sin(n * n + 1))) ?? new Float32Array();
    expect(cosine(vector, pack(vector))).toBeGreaterThan(0.9999);
    const opposite = vector.map((value) => -value);
    expect(cosine(opposite, pack(vector))).toBeLessThan(-0.9999);
  });

  it('of zeros is close to nothing, and invalid input has no length', () => {
    expect(cosine(Float32Array.of(1, 0), pack(Float32Array.of(0, 0)))).toBe(0);
    for (const none of [[0, 0], [Number.NaN, 1], [Number.POSITIVE_INFINITY, 1], []]) {
      expect(toUnit(Float32Array.from(none))).toBeUndefined();
    }
  });
});
