/**
 * Computes the main directions of variance in the papers' weighted terms: latent semantic analysis
 * (Deerwester et al., Indexing by Latent Semantic Analysis, 1990) by randomised subspace iteration (Halko,
 * Martinsson & Tropp, Finding Structure with Randomness, 2011, algorithm 4.4). It reads the papers a few
 * times and never builds a dense matrix of them.
 */
import { eigenOf } from './eigen.ts';

/**
 * Sparse matrix with one row per paper. The terms and weights of paper n are at `starts[n]` to `starts[n +
 * 1]`.
 */
export interface TermMatrix {
  readonly starts: Uint32Array;
  /** Columns. */
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
  /** Number of columns. */
  readonly vocabulary: number;
}

interface DecomposeOptions {
  readonly dimensions: number;
  /** Called every few milliseconds, to yield to other work. */
  readonly pause: () => Promise<void>;
}

/** Extra directions, which make the requested ones more accurate (Halko, section 4.2). */
const SPARE = 144;
const ROUNDS = 3;
const SLICE = 256;
/** Share of the largest variance below which a direction is rounding error. */
const NOTHING = 1e-9;

/** @returns the vectors of all terms, `vocabulary` × `dimensions`, row-major; missing directions are zero */
export async function decompose(
  matrix: TermMatrix,
  { dimensions, pause }: DecomposeOptions,
): Promise<Float32Array> {
  const width = dimensions + SPARE;
  let image = randomStart(matrix.vocabulary * width);
  let basis: Float32Array = new Float32Array(image.length);
  for (let round = 0; round < ROUNDS; round++) {
    const { values, vectors } = eigenOf(await product(image, image, width, pause), width);
    const floor = NOTHING * Math.max(...values);
    for (let row = 0; row < width; row++) {
      for (let column = 0; column < width; column++) {
        const value = values[column] as number;
        const at = row * width + column;
        vectors[at] = value > floor ? (vectors[at] as number) / Math.sqrt(value) : 0;
      }
    }
    await multiply(image, vectors, width, width, pause);
    // Swapped, because a third array would leave megabytes to the garbage collector.
    [basis, image] = [image, basis];
    await throughPapers(matrix, basis, image, width, pause);
  }
  const { vectors } = eigenOf(symmetric(await product(basis, image, width, pause), width), width);
  await multiply(basis, vectors, width, dimensions, pause);
  return basis.slice(0, matrix.vocabulary * dimensions);
}

/** Computes `image` = transposed matrix × matrix × `basis`, paper by paper. */
async function throughPapers(
  { starts, terms, weights }: TermMatrix,
  basis: Float32Array,
  image: Float32Array,
  width: number,
  pause: () => Promise<void>,
): Promise<void> {
  image.fill(0);
  const projection = new Float32Array(width);
  for (let paper = 0; paper + 1 < starts.length; paper++) {
    const from = starts[paper] as number;
    const to = starts[paper + 1] as number;
    projection.fill(0);
    for (let at = from; at < to; at++) {
      const row = (terms[at] as number) * width;
      const weight = weights[at] as number;
      for (let column = 0; column < width; column++)
        projection[column] = (projection[column] as number) + weight * (basis[row + column] as number);
    }
    for (let at = from; at < to; at++) {
      const row = (terms[at] as number) * width;
      const weight = weights[at] as number;
      for (let column = 0; column < width; column++)
        image[row + column] = (image[row + column] as number) + weight * (projection[column] as number);
    }
    if (paper % SLICE === 0) await pause();
  }
}

/** Computes transposed `left` × `right`; both have rows of `width`. */
async function product(
  left: Float32Array,
  right: Float32Array,
  width: number,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const sums = new Float64Array(width * width);
  for (let row = 0; row < left.length; row += width) {
    for (let one = 0; one < width; one++) {
      const value = left[row + one] as number;
      if (value === 0) continue;
      const into = one * width;
      for (let other = 0; other < width; other++)
        sums[into + other] = (sums[into + other] as number) + value * (right[row + other] as number);
    }
    if ((row / width) % SLICE === 0) await pause();
  }
  return sums;
}

/**
 * Multiplies `rows` in place by the first `kept` columns of `turning`. The results are rows of `kept`, from
 * the start.
 */
async function multiply(
  rows: Float32Array,
  turning: Float64Array,
  width: number,
  kept: number,
  pause: () => Promise<void>,
): Promise<void> {
  const count = rows.length / width;
  const turned = new Float32Array(kept);
  for (let row = 0; row < count; row++) {
    turned.fill(0);
    for (let at = 0; at < width; at++) {
      const value = rows[row * width + at] as number;
      if (value === 0) continue;
      for (let column = 0; column < kept; column++)
        turned[column] = (turned[column] as number) + value * (turning[at * width + column] as number);
    }
    // Never overwrites a row that was not read yet.
    rows.set(turned, row * kept);
    if (row % SLICE === 0) await pause();
  }
}

/** Restores the symmetry lost to rounding. */
function symmetric(matrix: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const mean = ((matrix[row * size + column] as number) + (matrix[column * size + row] as number)) / 2;
      matrix[row * size + column] = mean;
      matrix[column * size + row] = mean;
    }
  }
  return matrix;
}

/** Deterministic numbers (mulberry32), so that the same papers give the same model. */
function randomStart(length: number): Float32Array {
  let state = 0x9e3779b9;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}
