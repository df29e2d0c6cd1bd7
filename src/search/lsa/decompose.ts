/**
 * Computes the main directions of variance in the papers' weighted terms: latent semantic analysis
 * (Deerwester et al., Indexing by Latent Semantic Analysis, 1990) by randomised subspace iteration (Halko,
 * Martinsson & Tropp, Finding Structure with Randomness, 2011, algorithm 4.4). It reads the papers a few
 * times and never builds a dense matrix of them.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

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
  // A multiple of four, for `multiply`.
  const width = 4 * Math.ceil((dimensions + SPARE) / 4);
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

/**
 * Computes transposed `left` × `right`; both have rows of `width`. It takes four rows at a time, because
 * reading and writing the sums takes most of the time.
 */
async function product(
  left: Float32Array,
  right: Float32Array,
  width: number,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const sums = new Float64Array(width * width);
  const zeros = new Float32Array(width);
  const rows = (of: Float32Array, from: number) => {
    const row = (at: number) => (at < of.length ? of.subarray(at, at + width) : zeros);
    return [row(from), row(from + width), row(from + 2 * width), row(from + 3 * width)] as const;
  };
  for (let from = 0, slice = 1; from < left.length; from += 4 * width, slice++) {
    addProduct(rows(left, from), rows(right, from), sums);
    if ((4 * slice) % SLICE === 0) await pause();
  }
  return sums;
}

type FourRows = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

function addProduct([a, b, c, d]: FourRows, [e, f, g, h]: FourRows, sums: Float64Array): void {
  const width = a.length;
  for (let one = 0; one < width; one++) {
    const into = one * width;
    const p = a[one] as number;
    const q = b[one] as number;
    const r = c[one] as number;
    const s = d[one] as number;
    for (let other = 0; other < width; other++) {
      sums[into + other] =
        (sums[into + other] as number) +
        p * (e[other] as number) +
        q * (f[other] as number) +
        r * (g[other] as number) +
        s * (h[other] as number);
    }
  }
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
  const turned = new Float64Array(kept);
  for (let row = 0; row < count; row++) {
    turned.fill(0);
    // `width` is a multiple of four.
    for (let at = 0; at < width; at += 4) {
      const from = row * width + at;
      const [a, b, c, d] = [rows[from], rows[from + 1], rows[from + 2], rows[from + 3]] as [
        number,
        number,
        number,
        number,
      ];
      const into = at * width;
      for (let column = 0; column < kept; column++) {
        turned[column] =
          (turned[column] as number) +
          a * (turning[into + column] as number) +
          b * (turning[into + width + column] as number) +
          c * (turning[into + 2 * width + column] as number) +
          d * (turning[into + 3 * width + column] as number);
      }
    }
    // Never overwrites a row that was not read yet.
    rows.set(turned, row * kept);
    if (row % SLICE === 0) await pause();
  }
}

interface Eigen {
  /** In descending order. */
  readonly values: Float64Array;
  /** Row-major; column n belongs to value n. */
  readonly vectors: Float64Array;
}

/** @param matrix row-major, `size` × `size`, symmetric */
function eigenOf(matrix: Float64Array, size: number): Eigen {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(size, size, matrix),
    { assumeSymmetric: true },
  );
  const vectors = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      // The library's order is ascending.
      vectors[row * size + column] = eigenvectorMatrix.get(row, size - 1 - column);
    }
  }
  return { values: Float64Array.from(realEigenvalues).reverse(), vectors };
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
