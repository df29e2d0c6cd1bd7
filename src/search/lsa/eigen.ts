/**
 * Eigenvectors of a small symmetric matrix by Jacobi rotations (Golub & Van Loan, Matrix Computations,
 * section 8.5).
 */

export interface Eigen {
  /** In descending order. */
  readonly values: Float64Array;
  /** Row-major; column n belongs to value n. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 30;
/** Ratio of off-diagonal to diagonal values at which iteration stops. */
const SMALL = 1e-12;

/** @param matrix row-major, `size` × `size`, symmetric; overwritten */
export function eigenOf(matrix: Float64Array, size: number): Eigen {
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, at) => at);
  order.sort((a, b) => (matrix[b * size + b] as number) - (matrix[a * size + a] as number));
  const sorted = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (const [column, from] of order.entries())
      sorted[row * size + column] = vectors[row * size + from] as number;
  }
  return { values: Float64Array.from(order, (at) => matrix[at * size + at] as number), vectors: sorted };
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let on = 0;
  let off = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const square = (matrix[row * size + column] as number) ** 2;
      if (row === column) on += square;
      else off += square;
    }
  }
  return off <= SMALL ** 2 * on;
}

/** Rotates the plane of `p` and `q` so that their off-diagonal value becomes zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const meeting = matrix[p * size + q] as number;
  if (meeting === 0) return;
  const theta = ((matrix[q * size + q] as number) - (matrix[p * size + p] as number)) / (2 * meeting);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let at = 0; at < size; at++) rotatePair(matrix, at * size + p, at * size + q, cosine, sine);
  for (let at = 0; at < size; at++) rotatePair(matrix, p * size + at, q * size + at, cosine, sine);
  for (let at = 0; at < size; at++) rotatePair(vectors, at * size + p, at * size + q, cosine, sine);
}

function rotatePair(values: Float64Array, one: number, other: number, cosine: number, sine: number): void {
  const a = values[one] as number;
  const b = values[other] as number;
  values[one] = cosine * a - sine * b;
  values[other] = sine * a + cosine * b;
}
