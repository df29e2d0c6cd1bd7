/**
 * Linear least squares with a penalty on the weights (Hoerl and Kennard 1970), for about a hundred features.
 */

/**
 * Finds the weights `w` that minimise
 * Xw − y
 * ² + penalty·
 * w
 * ², after dividing each column of X by its standard deviation. Does not centre rows or targets: centre them
 * first.
 * @returns weights for the original columns
 */
export function fitRidge(
  rows: readonly Float64Array[],
  targets: readonly number[],
  penalty: number,
): Float64Array {
  const width = rows[0]?.length ?? 0;
  const spread = new Float64Array(width);
  for (const row of rows) for (let at = 0; at < width; at++) spread[at] = at0(spread, at) + at0(row, at) ** 2;
  for (let at = 0; at < width; at++) spread[at] = Math.sqrt(at0(spread, at) / rows.length) || 1;

  const matrix = Array.from({ length: width }, () => new Float64Array(width));
  const right = new Float64Array(width);
  rows.forEach((row, index) => {
    const scaled = row.map((value, at) => value / at0(spread, at));
    for (let at = 0; at < width; at++) {
      const value = at0(scaled, at);
      if (value === 0) continue;
      right[at] = at0(right, at) + value * (targets[index] ?? 0);
      const line = matrix[at];
      for (let to = 0; line && to < width; to++) line[to] = at0(line, to) + value * at0(scaled, to);
    }
  });
  matrix.forEach((line, at) => {
    line[at] = at0(line, at) + penalty;
  });
  return solve(matrix, right).map((weight, at) => weight / at0(spread, at));
}

/** Cholesky decomposition of a symmetric positive definite matrix. Overwrites the matrix. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const cell = (row: number, column: number) => matrix[row]?.[column] ?? 0;
  const dot = (a: number, b: number, upTo: number) => {
    let total = 0;
    for (let at = 0; at < upTo; at++) total += cell(a, at) * cell(b, at);
    return total;
  };
  for (let row = 0; row < size; row++) {
    const line = matrix[row];
    if (!line) continue;
    for (let column = 0; column < row; column++) {
      line[column] = (at0(line, column) - dot(row, column, column)) / cell(column, column);
    }
    line[row] = Math.sqrt(at0(line, row) - dot(row, row, row));
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < row; at++) solution[row] = at0(solution, row) - cell(row, at) * at0(solution, at);
    solution[row] = at0(solution, row) / cell(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let at = row + 1; at < size; at++)
      solution[row] = at0(solution, row) - cell(at, row) * at0(solution, at);
    solution[row] = at0(solution, row) / cell(row, row);
  }
  return solution;
}

function at0(values: Float64Array, at: number): number {
  return values[at] ?? 0;
}
